import { expect, test } from 'vitest';
import { mayRunOn } from './runs-on.ts';

test.each([
  '(sleep 3; echo x >> src/a.ts) &',
  'sleep 3 && echo x > a & ',
  'npm run dev&',
  'npm run dev & npm test',
  'nohup ./server > log',
  '/usr/bin/setsid sh go.sh',
  'sh go.sh; disown',
  'echo "sh x.sh" | at now + 1 minute',
  'tmux new-session -d "sh go.sh"',
  'screen -dm sh go.sh',
  'sudo /usr/bin/screen -dm sh go.sh',
  'cd x; batch < jobs',
  "bash -c 'sleep 3; echo x >> a.ts &'",
  'sh <<EOF\nsleep 1 &\nEOF',
  "python3 -c \"import subprocess; subprocess.Popen(['sh', 'go.sh'])\"",
  "node -e \"require('child_process').spawn('sh', [], { detached: true })\"",
  'docker compose up --detach',
  'Start-Process powershell',
  "echo 'open & never closed",
  'a'.repeat(200_001),
])('leaves something running: %s', (text) => {
  expect(mayRunOn(text)).toBe(true);
});

test.each([
  'npm test && npm run lint',
  'npm test 2>&1 | tail -5',
  'npm test &> log && cat log',
  'npm test >& log',
  'npm test |& tee log',
  'curl "https://example.org/?a=1&b=2"',
  "grep 'a & b' notes.txt",
  'bash -c "curl https://example.org/?a=1&&b=2"',
  'echo one \\& two',
  'git log --format=%at',
  'cat src/screen.ts look-at.md',
  'git commit -m "Look at the fork & the screen"',
  'git diff main -- src/at/batch.ts',
])('ends when it ends: %s', (text) => {
  expect(mayRunOn(text)).toBe(false);
});
