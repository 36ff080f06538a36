import type { ChangedFile } from '../guard.ts';
import { as, changed, gone } from './breakage.ts';
import type { Breakage } from './breakage.ts';
import { fieldBreakage, isReserved } from './proto-field-breakage.ts';
import { readProto } from './proto.ts';
import type { Proto, ProtoEnum, ProtoMessage, ProtoService } from './proto.ts';

/** What the change to protobuf files breaks for those who speak the old version. */
export function protoBreakage(files: readonly ChangedFile[]): readonly Breakage[] {
  const before = files.flatMap((file) =>
    file.before === null ? [] : [{ file, proto: readProto(file.before.text) }],
  );
  const after = whole(files);
  return before.flatMap(({ file, proto }) => {
    const known = { file, proto, after };
    return [
      ...packageBreakage(known),
      ...[...proto.messages].flatMap(([name, message]) => messageBreakage(known, name, message)),
      ...[...proto.enums].flatMap(([name, one]) => enumBreakage(known, name, one)),
      ...[...proto.services].flatMap(([name, service]) => serviceBreakage(known, name, service)),
    ].map((one) => (isUnstable(proto.packageName) ? { ...one, severity: 'note' as const } : one));
  });
}

interface After {
  readonly byPath: ReadonlyMap<string, Proto>;
  readonly messages: ReadonlyMap<string, ProtoMessage>;
  readonly enums: ReadonlyMap<string, ProtoEnum>;
  readonly services: ReadonlyMap<string, ProtoService>;
}

interface Known {
  readonly file: ChangedFile;
  readonly proto: Proto;
  readonly after: After;
}

// A declaration may move to another file of the change.
function whole(files: readonly ChangedFile[]): After {
  const byPath = new Map<string, Proto>();
  for (const file of files)
    if (file.after !== null) byPath.set(file.path, readProto(file.after.text));
  const all = [...byPath.values()];
  return {
    byPath,
    messages: new Map(all.flatMap((one) => [...one.messages])),
    enums: new Map(all.flatMap((one) => [...one.enums])),
    services: new Map(all.flatMap((one) => [...one.services])),
  };
}

// `shop.v1alpha1` promises nothing yet.
function isUnstable(name: string): boolean {
  return /(?:^|\.)v\d+(?:p\d+)?(?:alpha|beta|test)\d*(?:\.|$)/.test(name);
}

function packageBreakage(known: Known): readonly Breakage[] {
  const now = known.after.byPath.get(known.file.path);
  const { packageName } = known.proto;
  if (now === undefined || packageName === '' || now.packageName === packageName) return [];
  if (known.proto.services.size + known.proto.messages.size === 0) return [];
  return [
    changed(
      known.file,
      now.packageLine,
      `renames the package ${packageName} to ${now.packageName}, and with it every service and message`,
    ),
  ];
}

function isPackageRenamed({ after, file, proto }: Known): boolean {
  const now = after.byPath.get(file.path);
  return now !== undefined && now.packageName !== proto.packageName;
}

function messageBreakage(known: Known, name: string, message: ProtoMessage): readonly Breakage[] {
  const now = known.after.messages.get(name);
  if (now === undefined) {
    if (isPackageRenamed(known) || known.file.after === null) return [];
    return [as('warn', gone(known.file, message.line, `removes the message ${name}`))];
  }
  return [...message.fields].flatMap(([number, field]) =>
    fieldBreakage(known.file, { name, number, field, now }),
  );
}

function enumBreakage(known: Known, name: string, old: ProtoEnum): readonly Breakage[] {
  const now = known.after.enums.get(name);
  if (now === undefined) return [];
  return [...old.values].flatMap(([label, { number, line }]) => {
    const heir = now.values.get(label);
    if (heir !== undefined)
      return heir.number === number
        ? []
        : [
            changed(
              known.file,
              heir.line,
              `gives ${name}.${label} the number ${heir.number} instead of ${number}`,
            ),
          ];
    if (isReserved(now.reserved, number, label)) return [];
    const renamed = [...now.values].find(([, one]) => one.number === number);
    if (renamed !== undefined)
      return [
        as(
          'note',
          changed(known.file, renamed[1].line, `renames ${name}.${label} to ${renamed[0]}`),
        ),
      ];
    return [
      as(
        'warn',
        gone(known.file, line, `removes ${name}.${label} without reserving its number ${number}`),
      ),
    ];
  });
}

function serviceBreakage(known: Known, name: string, service: ProtoService): readonly Breakage[] {
  const now = known.after.services.get(name);
  if (now === undefined) {
    if (isPackageRenamed(known)) return [];
    return [gone(known.file, service.line, `removes the service ${name}`)];
  }
  return [...service.methods].flatMap(([method, { signature, line }]) => {
    const heir = now.methods.get(method);
    if (heir === undefined) return [gone(known.file, line, `removes the method ${name}.${method}`)];
    if (heir.signature === signature) return [];
    return [
      changed(
        known.file,
        heir.line,
        `changes ${name}.${method} from \`${signature}\` to \`${heir.signature}\``,
      ),
    ];
  });
}
