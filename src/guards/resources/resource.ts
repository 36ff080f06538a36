import { dataOf, entriesIn, at, scalarAt } from '../data.ts';
import type { Data, DataMap } from '../data.ts';
import type { ChangedFile, HclBlock, Scene, Source } from '../guard.ts';
import { isOtherEnvironment, isProductionPath } from '../language.ts';
import { infrastructure } from '../terraform/infrastructure.ts';
import type { Placed } from '../terraform/infrastructure.ts';
import { settingsOfBlock } from './block-settings.ts';
import { placeOf, settingsOfData } from './setting.ts';
import type { Setting } from './setting.ts';

/** Something that Terraform or CloudFormation sets up in a cloud. */
export interface Resource {
  /** The provider's name of its kind; `module` for a module call, `data.…` for a data source, `values` for a file of values. */
  readonly type: string;
  /** How a person names it: `aws_db_instance.main`, `Database (AWS::RDS::DBInstance)`. */
  readonly title: string;
  /** The same for the same resource before and after. */
  readonly key: string;
  readonly line: number;
  readonly settings: readonly Setting[];
  readonly file: ChangedFile;
  /** The resource as CloudFormation has it; null for Terraform. */
  readonly template: DataMap | null;
}

/** A resource after the change and what it was; null when the change makes it. */
export interface ResourcePair {
  readonly was: Resource | null;
  readonly now: Resource;
}

/** Resources of the changed files, before and after. */
export interface Resources {
  readonly before: readonly Resource[];
  readonly after: readonly Resource[];
}

const known = new WeakMap<Scene, Resources>();

/** Reads what a change sets up by Terraform and CloudFormation; examples, tests and vendored code are left out. */
export function resources(scene: Scene): Resources {
  const found = known.get(scene);
  if (found !== undefined) return found;
  const terraform = infrastructure(scene);
  const templates = stackResources(scene);
  const read = {
    before: [...terraform.before.flatMap(ofBlock), ...templates.before],
    after: [...terraform.after.flatMap(ofBlock), ...templates.after],
  };
  known.set(scene, read);
  return read;
}

// Elsewhere `template` names a sample; here it is what the tools call the real thing.
const ownName = /template(?=[\w.-]*$)/i;

const stacks = new WeakMap<Scene, Resources>();

/** Resources of the CloudFormation, SAM and Serverless templates a change touches. */
export function stackResources(scene: Scene): Resources {
  const found = stacks.get(scene);
  if (found !== undefined) return found;
  const files = scene.files.filter(
    ({ path, language }) =>
      (language === 'yaml' || language === 'json') &&
      isProductionPath(path.replace(ownName, 'stack')) &&
      !isOtherEnvironment(path),
  );
  const read = {
    before: files.flatMap((file) => ofTemplate(file, file.before)),
    after: files.flatMap((file) => ofTemplate(file, file.after)),
  };
  stacks.set(scene, read);
  return read;
}

/** Each resource after the change with the one it was. */
export function resourcePairs({ before, after }: Resources): readonly ResourcePair[] {
  const old = new Map(before.map((resource) => [resource.key, resource]));
  return after.map((now) => ({ was: old.get(now.key) ?? null, now }));
}

/** Resources that are in none of the changed files any more. */
export function resourcesGone({ before, after }: Resources): readonly Resource[] {
  const stays = new Set(after.map(({ key }) => key));
  return before.filter(({ key }) => !stays.has(key));
}

/** Settings of a resource by their place, the last one where several stand in one. */
export function settingsByPlace({ settings }: Resource): ReadonlyMap<string, Setting> {
  return new Map(settings.map((setting) => [placeOf(setting), setting]));
}

function ofBlock({ block, module, file }: Placed): readonly Resource[] {
  const type = typeOf(block);
  if (type === null) return [];
  const name = block.labels.at(-1) ?? '';
  const title =
    type === 'values' ? file.path : block.type === 'resource' ? `${type}.${name}` : nameOf(block);
  const place = type === 'values' ? file.path : module;
  const key = JSON.stringify([place, type, name]);
  const { line } = block;
  return [{ type, title, key, line, settings: settingsOfBlock(block), file, template: null }];
}

function typeOf({ type, labels }: HclBlock): string | null {
  if (type === 'resource') return labels[0] ?? '';
  if (type === 'data') return `data.${labels[0] ?? ''}`;
  if (type === 'module') return 'module';
  return type === '' ? 'values' : null;
}

function nameOf({ type, labels }: HclBlock): string {
  return [type, ...labels].join('.');
}

function ofTemplate(file: ChangedFile, source: Source | null): readonly Resource[] {
  if (source === null || !/\b(?:AWS|Alexa)::\w+::\w/.test(source.text)) return [];
  const documents = dataOf(source) ?? [];
  return documents.flatMap((data) => {
    const all = [at(data, 'Resources'), at(data, 'resources', 'Resources')];
    return all.flatMap((part) =>
      entriesIn(part).flatMap(([name, { line, value }]) =>
        ofEntry(file, source, { name, line, value }),
      ),
    );
  });
}

interface Entry {
  readonly name: string;
  readonly line: number;
  readonly value: Data;
}

function ofEntry(
  file: ChangedFile,
  source: Source,
  { name, line, value }: Entry,
): readonly Resource[] {
  const type = scalarAt(value, 'Type');
  if (value.kind !== 'map' || typeof type !== 'string') return [];
  const body = at(value, 'Properties');
  const isLiteral = (place: number): boolean =>
    !/(?:^|[\s:[,-])!(?:Ref|Sub|GetAtt|If|ImportValue|FindInMap|Select|Join|Split|Equals|Not|Or|And|Base64|Cidr|GetAZs|Transform)\b/.test(
      source.lines[place - 1] ?? '',
    );
  return [
    {
      type,
      title: `${name} (${type})`,
      key: JSON.stringify([file.path, name]),
      line,
      settings: body === null ? [] : settingsOfData(body, { path: '', at: '' }, isLiteral),
      file,
      template: value,
    },
  ];
}
