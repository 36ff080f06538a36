import { guard } from '../guard.ts';
import type { ChangedFile, Guard, Mention, Scene, Severity, Sighting } from '../guard.ts';
import { isOtherEnvironment, isProductionPath, isTestPath } from '../language.ts';
import { lineAfter } from '../seam.ts';
import { variableRemovedExamples } from './variable-removed.examples.ts';
import { declares, readingsIn, sampleFile } from './variable.ts';

/** A variable is set or listed no more, and code still reads it. */
export const variableRemoved: Guard = guard({
  id: 'config/variable-removed',
  severity: 'warn',
  protects: 'the next deployment',
  breaks:
    'At the next start the variable is empty, and the code that still reads it stops or works without it.',
  fix: 'Take the reading out first, or leave the variable where it is set.',
  languages: 'any',
  cwe: [1188],
  confidence: 0.75,
  ...variableRemovedExamples,
  look: (scene: Scene) =>
    scene.files
      .filter(
        ({ path, before, change }) =>
          before !== null && change.status !== 'renamed' && setsVariables(path),
      )
      .flatMap((file) => sightings(file, scene)),
});

/** Variables looked up for one file. */
const mostNames = 8;

const deployment =
  /(?:^|\/)(?:docker-)?compose[\w.-]*\.ya?ml$|(?:^|\/)(?:k8s|kubernetes|kustomize|deploy(?:ments?)?|helm|charts?|manifests|infra\w*|terraform|ops|ecs|argocd)\/.+\.(?:ya?ml|tf|json)$|(?:^|\/)values[\w.-]*\.ya?ml$|(?:^|\/)(?:app|render|fly|vercel|railway|serverless|wrangler)\.(?:ya?ml|toml|json)$|(?:^|\/)\.env(?:\.[\w.-]+)?$|\.env$/i;

function setsVariables(path: string): boolean {
  return (
    (deployment.test(path) || sampleFile.test(path)) &&
    !isTestPath(path) &&
    !isOtherEnvironment(path.replace(/local\.example$/, ''))
  );
}

const sets =
  /^\s*(?:-\s+)?(?:name:\s*|key:\s*|export\s+)?["']?([A-Z][A-Z0-9_]{2,60})["']?\s*(?:[=:].*)?$/;

function sightings(file: ChangedFile, scene: Scene): readonly Sighting[] {
  const gone = new Map<string, number>();
  for (const { removed, oldStart } of file.change.hunks)
    removed.forEach((text, index) => {
      const name = text.length > 1_000 ? undefined : sets.exec(text)?.[1];
      if (
        name !== undefined &&
        (/[=:]/.test(text) || /^\s*-/.test(text)) &&
        !isStillThere(file, name)
      )
        gone.set(name, oldStart + index);
    });
  if (gone.size > mostNames) return [];
  return [...gone].flatMap(([name, line]) => sighting(file, { name, line }, scene));
}

function isStillThere({ after }: ChangedFile, name: string): boolean {
  return after !== null && new RegExp(`(?<![A-Z0-9_])${name}(?![A-Z0-9_])`).test(after.text);
}

function sighting(
  file: ChangedFile,
  { name, line }: { readonly name: string; readonly line: number },
  scene: Scene,
): readonly Sighting[] {
  const mentions = scene.search?.(name) ?? null;
  if (mentions === null) return [];
  const reader = mentions.find((one) => isReading(one, name));
  if (
    reader === undefined ||
    mentions.some((one) => one.path !== file.path && isDeclared(one, name))
  )
    return [];
  const isSample = sampleFile.test(file.path);
  const severity: Severity = isSample ? 'note' : 'warn';
  const says = `${isSample ? 'lists' : 'sets'} ${name} no more, which ${reader.path} still reads`;
  return [
    {
      path: file.path,
      line: file.after === null ? line : lineAfter(file, line),
      says,
      subject: name,
      severity,
    },
  ];
}

function isReading({ path, text, line }: Mention, name: string): boolean {
  if (!isProductionPath(path)) return false;
  return readingsIn(path, text, line).some((one) => one.name === name && !one.hasDefault);
}

// Documents tell of a variable, they do not set it.
function isDeclared(one: Mention, name: string): boolean {
  return declares(one, name) && !/\.(?:md|mdx|rst|txt)$|\.d\.ts$/.test(one.path);
}
