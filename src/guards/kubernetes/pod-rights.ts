import { at, entryAt, itemsOf, scalarAt } from '../data.ts';
import type { Data } from '../data.ts';
import type { Severity } from '../guard.ts';
import { allContainersOf, nameIn } from './pods.ts';

/** Something that lets a pod do more, or keeps it from doing more. */
export interface Right {
  /** The same for the same right before and after. */
  readonly what: string;
  /** The safety that this takes the place of. */
  readonly instead: string;
  readonly container: string;
  readonly says: string;
  readonly severity: Severity;
  readonly line: number;
}

/** What gives a pod rights over its node. */
export function wideningsOf(pod: Data): readonly Right[] {
  return [
    ...shared(pod),
    ...volumes(pod),
    ...allContainersOf(pod).flatMap((container) => ofContainer(container, pod)),
  ];
}

function right(
  what: string,
  says: string,
  rest: Partial<Right> & { readonly line: number },
): Right {
  return { instead: '', container: '', severity: 'warn', ...rest, what, says };
}

function shared(pod: Data): readonly Right[] {
  return ['hostNetwork', 'hostPID', 'hostIPC'].flatMap((name) => {
    const line = entryAt(pod, 'spec', name)?.line;
    if (line === undefined || scalarAt(pod, 'spec', name) !== true) return [];
    const severity = name === 'hostPID' ? 'block' : 'warn';
    return [
      right(name, `shares the ${name.slice(4)} of the node with the pods`, { line, severity }),
    ];
  });
}

const whole =
  /^\/(?:$|etc\/?$|root\/?$|var\/run\/?$|var\/lib\/kubelet\/?$|proc\/?$)|(?:docker|containerd|crio)\.sock$/;

function volumes(pod: Data): readonly Right[] {
  return itemsOf(at(pod, 'spec', 'volumes')).flatMap((volume) => {
    const path = scalarAt(volume, 'hostPath', 'path');
    if (typeof path !== 'string') return [];
    const line = entryAt(volume, 'hostPath')?.line ?? volume.line;
    const severity = whole.test(path) ? 'block' : 'warn';
    return [
      right(`hostPath ${path}`, `mounts ${path} of the node into the pods`, { line, severity }),
    ];
  });
}

const mighty = /^(?:ALL|SYS_ADMIN|SYS_PTRACE|SYS_MODULE|DAC_READ_SEARCH|BPF|CAP_SYS_ADMIN)$/i;
const strong = /^(?:NET_ADMIN|NET_RAW|SYS_\w+|DAC_OVERRIDE|MKNOD|SETUID|SETGID|CAP_\w+)$/i;

function ofContainer(container: Data, pod: Data): readonly Right[] {
  const name = nameIn(container);
  const context = (key: string) => ({
    value:
      scalarAt(container, 'securityContext', key) ?? scalarAt(pod, 'spec', 'securityContext', key),
    line:
      (entryAt(container, 'securityContext', key) ?? entryAt(pod, 'spec', 'securityContext', key))
        ?.line ?? container.line,
  });
  const found: Right[] = [];
  const add = (
    what: string,
    says: string,
    rest: Partial<Right> & { readonly line: number },
  ): void => {
    found.push(
      right(`${name} ${what}`, `${says} (container ${name})`, { container: name, ...rest }),
    );
  };
  const { value: isPrivileged, line } = context('privileged');
  if (isPrivileged === true) add('privileged', 'runs privileged', { line, severity: 'block' });
  const escalation = context('allowPrivilegeEscalation');
  if (escalation.value === true)
    add('escalation', 'lets a program gain rights', {
      ...escalation,
      instead: `${name} escalation`,
    });
  const nonRoot = context('runAsNonRoot');
  if (nonRoot.value === false)
    add('non-root', 'may run as root', { ...nonRoot, instead: `${name} runAsNonRoot` });
  const user = context('runAsUser');
  if (user.value === 0) add('user 0', 'runs as root', { ...user, instead: `${name} runAsUser` });
  for (const item of itemsOf(at(container, 'securityContext', 'capabilities', 'add'))) {
    const capability = item.kind === 'scalar' ? String(item.value) : '';
    const severity = mighty.test(capability) ? 'block' : strong.test(capability) ? 'warn' : null;
    if (severity !== null)
      add(`add ${capability}`, `gives ${capability}`, { line: item.line, severity });
  }
  return found;
}

/** What keeps the containers of a pod from gaining rights; those of one container when it is named. */
export function safetiesOf(pod: Data, only: string | null = null): readonly Right[] {
  return allContainersOf(pod)
    .filter((container) => only === null || nameIn(container) === only)
    .flatMap((container) => keptFrom(container, pod, only !== null));
}

function keptFrom(container: Data, pod: Data, isNamed: boolean): readonly Right[] {
  const name = nameIn(container);
  const rest = { container: name, line: container.line };
  const found: Right[] = isNamed
    ? [right(`${name} is there`, '', { ...rest, severity: 'note' })]
    : [];
  const entry = (key: string) =>
    entryAt(container, 'securityContext', key) ?? entryAt(pod, 'spec', 'securityContext', key);
  const holds = (key: string, value: unknown): boolean => {
    const data = entry(key)?.value;
    return data?.kind === 'scalar' && data.value === value;
  };
  const add = (key: string, what: string, says: string): void => {
    const line = entry(key)?.line ?? container.line;
    const severity = key === 'readOnlyRootFilesystem' ? 'note' : 'warn';
    found.push(
      right(`${name} ${what}`, `${says} (container ${name})`, { ...rest, line, severity }),
    );
  };
  if (holds('runAsNonRoot', true))
    add('runAsNonRoot', 'runAsNonRoot', 'no longer refuses to run as root');
  if (holds('allowPrivilegeEscalation', false))
    add('allowPrivilegeEscalation', 'escalation', 'no longer keeps programs from gaining rights');
  if (holds('readOnlyRootFilesystem', true))
    add('readOnlyRootFilesystem', 'readOnly', 'may write to the files of its image');
  const drops = itemsOf(at(container, 'securityContext', 'capabilities', 'drop'));
  if (drops.some((item) => item.kind === 'scalar' && String(item.value).toUpperCase() === 'ALL'))
    add('capabilities', 'drop ALL', 'keeps capabilities it had dropped');
  return found;
}
