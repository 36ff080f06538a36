import type { Rule } from '../rule.ts';

/** Services and machines stopped. */
export const machineStop: Rule = {
  id: 'commands/machine-stop',
  title: 'Stopping machines, services and timetables',
  why: 'Whoever relies on the service or machine loses it, and a deleted timetable is in no backup.',
  decision: 'ask',
  loses: 'a running service, or the timetable of jobs',
  instead: 'Say what should stop and why, and let a person do it.',
  programs: [
    'shutdown',
    'reboot',
    'halt',
    'poweroff',
    'init',
    'crontab',
    'systemctl',
    'service',
    'launchctl',
    'kill',
    'killall',
    'pkill',
    'iptables',
    'ufw',
    'nft',
    'userdel',
    'deluser',
    'stop-computer',
    'restart-computer',
  ],
  caught: [
    'shutdown -h now',
    'reboot',
    'crontab -r',
    'systemctl stop nginx',
    'sudo systemctl disable --now docker',
    'service nginx stop',
    'kill -9 -1',
    'iptables -F',
    'init 0',
    'userdel -r ann',
    'echo "" | crontab -',
  ],
  passed: [
    'systemctl status nginx',
    'crontab -l',
    'service --status-all',
    'kill 1234',
    'pkill -f vite',
    'kill %1',
    'systemctl list-units',
    'killall node',
    'iptables -L',
  ],
  look: ({ name, args }) => {
    const said = args.join(' ');
    const stops =
      (/^(?:shutdown|reboot|halt|poweroff|stop-computer|restart-computer)$/.test(name) &&
        !/--help|-c\b/.test(said)) ||
      (name === 'init' && /^[06]$/.test(said)) ||
      (name === 'crontab' &&
        args.some((arg) => arg === '-r' || arg === '-' || !arg.startsWith('-')) &&
        !args.includes('-l')) ||
      (name === 'systemctl' &&
        /\b(?:stop|disable|mask|kill|isolate|poweroff|reboot|halt)\b/.test(said)) ||
      (name === 'service' && /\bstop\b/.test(said)) ||
      (name === 'launchctl' && /\b(?:unload|bootout|remove)\b/.test(said)) ||
      (/^kill$/.test(name) && args.some((arg, at) => at > 0 && arg === '-1')) ||
      (name === 'iptables' && /(?:^|\s)(?:-F|--flush|-X)\b/.test(said)) ||
      (name === 'ufw' && /\b(?:disable|reset)\b/.test(said)) ||
      (name === 'nft' && /\bflush\b/.test(said)) ||
      /^(?:userdel|deluser)$/.test(name);
    return stops ? [{ says: `It stops or removes something of this machine with ${name}.` }] : [];
  },
};
