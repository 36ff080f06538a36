import type { Run } from '../command.ts';
import { resolvePath } from '../paths.ts';
import { hasAny, readArgs } from '../read-args.ts';
import type { Rule } from '../rule.ts';

const device = /^\/dev\/(?:sd|hd|vd|xvd|nvme|mmcblk|disk|rdisk|mapper\/|dm-|loop|md)/;

/** Disks and machines made unusable. */
export const machineDamage: Rule = {
  id: 'commands/machine-damage',
  title: 'Making a disk or a machine unusable',
  why: 'Formatting, overwriting devices and opening every file to everybody leave a machine that must be set up again.',
  decision: 'deny',
  loses: 'the machine or everything on the disk',
  instead: 'Work inside the repository; leave disks and system settings to a person.',
  programs: null,
  caught: [
    'mkfs.ext4 /dev/sda1',
    'dd if=/dev/zero of=/dev/sda',
    'echo x > /dev/sda',
    ':(){ :|:& };:',
    'chmod -R 777 /',
    'chown -R me /',
    'chmod -R 777 ~',
    'wipefs -a /dev/sdb',
    'cat x > /dev/nvme0n1',
    'bomb() { bomb | bomb & }; bomb',
    'diskutil eraseDisk JHFS+ x disk2',
    'cp x /dev/sda',
    'shred /dev/sda',
    'sudo chmod -R 000 /etc',
    'parted /dev/sda rm 1',
    'tee /dev/sda < x',
  ],
  passed: [
    'dd if=/dev/zero of=/tmp/x bs=1M count=1',
    'chmod +x run.sh',
    'chmod -R u+w dist',
    'echo x > /dev/null',
    'ls /dev',
    'chown -R ann src',
    'mkfs.ext4 --help',
    'df -h',
    'lsblk',
    'f() { g | h; }; f',
  ],
  look: (run) => {
    const says = damage(run);
    return says === null ? [] : [{ says }];
  },
};

function damage(run: Run): string | null {
  const { name, args, redirects } = run;
  if (redirects.some(({ operator, path }) => operator.includes('>') && device.test(path)))
    return 'It writes over a disk.';
  const hasDevice = args.some((arg) => device.test(arg.replace(/^of=/, '')));
  if (name === 'fork-bomb') return 'It starts itself twice without end, until the machine stops.';
  if (/^(?:mkfs|mke2fs|mkswap|wipefs|newfs)/.test(name))
    return args.includes('--help') ? null : 'It formats a disk.';
  if (
    name === 'diskutil' &&
    args.some((arg) => /^(?:erase|partition|reformat|zero|secureErase)/i.test(arg))
  )
    return 'It erases a disk.';
  if (name === 'dd')
    return args.some((arg) => device.test(arg.replace(/^of=/, '')) && arg.startsWith('of='))
      ? 'It writes over a disk.'
      : null;
  if (/^(?:parted|fdisk|sgdisk|blkdiscard|hdparm|cryptsetup)$/.test(name))
    return hasDevice && !args.includes('-l') && !args.includes('print')
      ? 'It changes a disk.'
      : null;
  if (/^(?:cp|shred|tee|mv)$/.test(name) && device.test(args.at(-1) ?? ''))
    return 'It writes over a disk.';
  return /^(?:chmod|chown|chgrp|icacls)$/.test(name) ? ownership(run) : null;
}

function ownership({ args, cwd }: Run): string | null {
  const read = readArgs(args);
  if (!hasAny(read, '-R', '--recursive')) return null;
  const wide = read.operands
    .slice(1)
    .some((path) =>
      /^\/(?:bin|boot|etc|home|lib|lib64|opt|root|sbin|usr|var|Users|System|Library|home\/[^/]+|Users\/[^/]+)?$/.test(
        resolvePath(path.replace(/\/\*$/, '') || '/', cwd) ?? '',
      ),
    );
  return wide ? 'It changes who may use every file of the system or home folder.' : null;
}
