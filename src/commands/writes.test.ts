import { describe, expect, test } from 'vitest';
import { parseShell } from '../outside/parsers/shell.ts';
import { applyStreamEdits, judgeCommand } from './commands.ts';
import type { FileWrite, Place } from './commands.ts';

const place: Place = {
  shell: 'posix',
  cwd: '/shop',
  top: '/shop',
  home: '/home/ann',
  parse: parseShell,
  protectedBranches: ['main'],
  currentBranch: 'feature/x',
  read: (path) => (path === '/shop/a.ts' ? 'one\ntwo\none\n' : null),
};

function writes(command: string, changes: Partial<Place> = {}) {
  return judgeCommand(command, { ...place, ...changes }).writes;
}

const known: readonly (readonly [string, readonly FileWrite[]])[] = [
  [
    "cat > a.sql <<'EOF'\nDROP TABLE t;\nEOF",
    [{ kind: 'write', path: '/shop/a.sql', content: 'DROP TABLE t;\n' }],
  ],
  [
    'cat <<EOF > a\nx $((1)) y\nEOF',
    [{ kind: 'unknown', path: '/shop/a', fragments: ['x ', ' y\n'] }],
  ],
  ['N=3; cat <<EOF > a\nn=$N \\$N\nEOF', [{ kind: 'write', path: '/shop/a', content: 'n=3 $N\n' }]],
  ['cat <<-EOF > a\n\tx\n\tEOF', [{ kind: 'write', path: '/shop/a', content: 'x\n' }]],
  ['echo hi > a', [{ kind: 'write', path: '/shop/a', content: 'hi\n' }]],
  ['echo -n hi >> a', [{ kind: 'append', path: '/shop/a', content: 'hi' }]],
  ["echo -e 'a\\nb' > x", [{ kind: 'write', path: '/shop/x', content: 'a\nb\n' }]],
  ["printf 'a\\t%s\\n' 1 2 > x", [{ kind: 'write', path: '/shop/x', content: 'a\t1\na\t2\n' }]],
  [
    'echo hi | tee a b',
    [
      { kind: 'write', path: '/shop/a', content: 'hi\n' },
      { kind: 'write', path: '/shop/b', content: 'hi\n' },
    ],
  ],
  ['echo hi | tee -a a > /dev/null', [{ kind: 'append', path: '/shop/a', content: 'hi\n' }]],
  ['(echo a; echo b) > x', [{ kind: 'write', path: '/shop/x', content: 'a\nb\n' }]],
  ['{ echo a; echo b; } > x', [{ kind: 'write', path: '/shop/x', content: 'a\nb\n' }]],
  ['cd src && echo a > x', [{ kind: 'write', path: '/shop/src/x', content: 'a\n' }]],
  ['echo YQo= | base64 -d > x', [{ kind: 'write', path: '/shop/x', content: 'a\n' }]],
  ['base64 -d <<< YQo= > x', [{ kind: 'write', path: '/shop/x', content: 'a\n' }]],
  ['echo 610a | xxd -r -p > x', [{ kind: 'write', path: '/shop/x', content: 'a\n' }]],
  ["bash -c 'echo a > x'", [{ kind: 'write', path: '/shop/x', content: 'a\n' }]],
  [
    'for f in x y; do echo a > $f; done',
    [
      { kind: 'write', path: '/shop/x', content: 'a\n' },
      { kind: 'write', path: '/shop/y', content: 'a\n' },
    ],
  ],
  ['> x', [{ kind: 'write', path: '/shop/x', content: '' }]],
  [': > x', [{ kind: 'write', path: '/shop/x', content: '' }]],
  ['truncate -s 0 x', [{ kind: 'write', path: '/shop/x', content: '' }]],
  ['cp a.ts b.ts', [{ kind: 'copy', path: '/shop/a.ts', to: '/shop/b.ts' }]],
  ['cp a.ts src/', [{ kind: 'copy', path: '/shop/a.ts', to: '/shop/src/a.ts' }]],
  ['mkdir -p d && cp a.ts d', [{ kind: 'copy', path: '/shop/a.ts', to: '/shop/d/a.ts' }]],
  ['cp -r new/. src', [{ kind: 'copy', path: '/shop/new', to: '/shop/src', form: 'contents' }]],
  ['rsync -a new/ src', [{ kind: 'copy', path: '/shop/new', to: '/shop/src', form: 'contents' }]],
  ['dd if=a.ts of=b', [{ kind: 'copy', path: '/shop/a.ts', to: '/shop/b' }]],
  [
    'dd if=a.ts of=b count=1',
    [{ kind: 'unknown', path: '/shop/b', fragments: ['one\ntwo\none\n'] }],
  ],
  ["sed -i '$a DROP x;' b", [{ kind: 'append', path: '/shop/b', content: 'DROP x;\n' }]],
  ["sed -i '$a\\\nDROP x;' b", [{ kind: 'append', path: '/shop/b', content: 'DROP x;\n' }]],
  ["sed -i '1i DROP x;' b", [{ kind: 'unknown', path: '/shop/b', fragments: ['DROP x;\n'] }]],
  ["sed -i '1a\\DROP x;' b", [{ kind: 'unknown', path: '/shop/b', fragments: ['DROP x;\n'] }]],
  ["sed -i '1c DROP x;' b", [{ kind: 'unknown', path: '/shop/b', fragments: ['DROP x;\n'] }]],
  ["ex -sc 'a|DROP x;' -cx b", [{ kind: 'unknown', path: '/shop/b', fragments: ['DROP x;'] }]],
  [
    "vim -c 'normal oDROP x;' -c wq b",
    [{ kind: 'unknown', path: '/shop/b', fragments: ['DROP x;'] }],
  ],
  [
    "ed b <<'E'\na\nDROP x;\n.\nw\nE",
    [{ kind: 'unknown', path: '/shop/b', fragments: ['a\nDROP x;\n.\nw\n'] }],
  ],
  ['sort a.ts -o b', [{ kind: 'unknown', path: '/shop/b', fragments: ['one\ntwo\none\n'] }]],
  ['head -n 2 a.ts > b', [{ kind: 'unknown', path: '/shop/b', fragments: ['one\ntwo\none\n'] }]],
  ['tail a.ts > b', [{ kind: 'unknown', path: '/shop/b', fragments: ['one\ntwo\none\n'] }]],
  [
    "awk '{print}' a.ts > b",
    [{ kind: 'unknown', path: '/shop/b', fragments: ['one\ntwo\none\n'] }],
  ],
  [
    'S=$(echo hi | git hash-object -w --stdin); git update-index --add --cacheinfo 100644,$S,b',
    [{ kind: 'unknown', path: '/shop/b', fragments: ['hi\n'] }],
  ],
  ['mv a.ts b.ts', [{ kind: 'move', path: '/shop/a.ts', to: '/shop/b.ts' }]],
  ['git mv a.ts b.ts', [{ kind: 'move', path: '/shop/a.ts', to: '/shop/b.ts' }]],
  ['rm a.ts', [{ kind: 'delete', path: '/shop/a.ts' }]],
  ['git rm a.ts', [{ kind: 'delete', path: '/shop/a.ts' }]],
  ['cat a.ts > b.ts', [{ kind: 'write', path: '/shop/b.ts', content: 'one\ntwo\none\n' }]],
  [
    'X=$(cat a.ts); echo "$X" > b',
    [{ kind: 'write', path: '/shop/b', content: 'one\ntwo\none\n' }],
  ],
  ['npm test > out.log 2>&1', [{ kind: 'unknown', path: '/shop/out.log', fragments: [] }]],
  ['npm test 2> /dev/null', []],
  ['ls', []],
  [
    "sed -i 's/one/two/g' a.ts",
    [
      {
        kind: 'replace-by-sed',
        path: '/shop/a.ts',
        edits: [
          { kind: 'substitute', find: 'one', literal: true, put: 'two', all: true, lines: null },
        ],
      },
    ],
  ],
  [
    "sed -i.bak -e '2d' a.ts",
    [
      {
        kind: 'replace-by-sed',
        path: '/shop/a.ts',
        edits: [{ kind: 'delete', find: null, literal: false, put: '', all: true, lines: [2, 2] }],
      },
    ],
  ],
  [
    "perl -pi -e 's|a/b|c|' a.ts",
    [
      {
        kind: 'replace-by-sed',
        path: '/shop/a.ts',
        edits: [
          { kind: 'substitute', find: 'a/b', literal: true, put: 'c', all: false, lines: null },
        ],
      },
    ],
  ],
  [
    "sed -i '/x/{n;s/a/b/}' a.ts",
    [{ kind: 'unknown', path: '/shop/a.ts', fragments: ['/x/{n;s/a/b/}'] }],
  ],
  [
    "git apply <<'EOF'\n--- a/x\n+++ b/x\nEOF",
    [{ kind: 'patch', form: 'unified', text: '--- a/x\n+++ b/x\n', cwd: '/shop', strip: 1 }],
  ],
  [
    "patch -p0 <<'EOF'\n--- x\nEOF",
    [{ kind: 'patch', form: 'unified', text: '--- x\n', cwd: '/shop', strip: 0 }],
  ],
  [
    "apply_patch <<'EOF'\n*** Begin Patch\nEOF",
    [{ kind: 'patch', form: 'begin-patch', text: '*** Begin Patch\n', cwd: '/shop', strip: 0 }],
  ],
  [
    "python3 - <<'EOF'\nfrom pathlib import Path\nPath('x.sql').write_text('DROP TABLE t;')\nEOF",
    [{ kind: 'write', path: '/shop/x.sql', content: 'DROP TABLE t;' }],
  ],
  ["python3 -c \"open('x','w').write('a')\"", [{ kind: 'write', path: '/shop/x', content: 'a' }]],
  [
    "python3 <<'EOF'\nwith open('x', 'w') as f:\n    f.write('''a\nb\n''')\nEOF",
    [{ kind: 'write', path: '/shop/x', content: 'a\nb\n' }],
  ],
  [
    "node -e \"require('fs').writeFileSync('x', 'a')\"",
    [{ kind: 'write', path: '/shop/x', content: 'a' }],
  ],
  ['ssh web "echo a > x"', []],
  ['docker exec web sh -c "echo a > x"', []],
  ['curl -o x https://y', [{ kind: 'unknown', path: '/shop/x', fragments: [] }]],
  ['echo a > "$F"', [{ kind: 'unknown', path: null, fragments: ['a\n'] }]],
  ['cp a.ts "$F"', [{ kind: 'unknown', path: null, fragments: [] }]],
  ['git checkout main -- a.ts', [{ kind: 'unknown', path: '/shop/a.ts', fragments: [] }]],
  ['git restore a.ts', [{ kind: 'unknown', path: '/shop/a.ts', fragments: [] }]],
  ['git apply --check x.patch', []],
  ['install -m 755 a.ts bin/a', [{ kind: 'copy', path: '/shop/a.ts', to: '/shop/bin/a' }]],
  ['dd of=x <<< hi', [{ kind: 'unknown', path: '/shop/x', fragments: ['hi\n'] }]],
  ['rm "$X"', [{ kind: 'unknown', path: null, fragments: [] }]],
  ['f() { echo "$1" > "$2"; }; f hi x', [{ kind: 'write', path: '/shop/x', content: 'hi\n' }]],
];

const changed: readonly (readonly [string, readonly FileWrite[]])[] = [
  // What goes through a filter on its way into a file.
  [
    "sed 's/one/two/g' a.ts > b.ts",
    [{ kind: 'write', path: '/shop/b.ts', content: 'two\ntwo\ntwo\n' }],
  ],
  [
    "cat a.ts | sed 's/two/2/' > b.ts",
    [{ kind: 'write', path: '/shop/b.ts', content: 'one\n2\none\n' }],
  ],
  [
    "git show HEAD:m.sql | sed 's/ADD .*/DROP COLUMN a/' > m.sql",
    [{ kind: 'unknown', path: '/shop/m.sql', fragments: ['DROP COLUMN a'] }],
  ],
  [
    "git show HEAD:m.sql | sed 's/add/DROP/' > m.sql",
    [{ kind: 'unknown', path: '/shop/m.sql', fragments: ['DROP'] }],
  ],
  [
    "echo 'x y' | sed 's/y.*/DROP/' > m.sql",
    [{ kind: 'unknown', path: '/shop/m.sql', fragments: ['x y\n', 'DROP'] }],
  ],
  [
    "sed '1i DROP TABLE t;' m.sql > n.sql",
    [{ kind: 'unknown', path: '/shop/n.sql', fragments: ['1i DROP TABLE t;'] }],
  ],
  [
    "perl -pe 's/a+/DROP TABLE t/' m.sql > n.sql",
    [{ kind: 'unknown', path: '/shop/n.sql', fragments: ['DROP TABLE t'] }],
  ],
  [
    'awk \'{print "DROP TABLE t;"}\' m.sql > n.sql',
    [{ kind: 'unknown', path: '/shop/n.sql', fragments: ['DROP TABLE t;'] }],
  ],
  [
    "echo 'DROP TABLE t' | tr a-z A-Z > n.sql",
    [{ kind: 'unknown', path: '/shop/n.sql', fragments: ['DROP TABLE t\n'] }],
  ],
  [
    "sed 's/a.*/b/' m.sql | sponge m.sql",
    [{ kind: 'unknown', path: '/shop/m.sql', fragments: ['b'] }],
  ],
  ["sd 'a.*' b m.sql", [{ kind: 'unknown', path: '/shop/m.sql', fragments: ['b'] }]],
  [
    'gawk -i inplace \'{print "y z"}\' m.sql',
    [{ kind: 'unknown', path: '/shop/m.sql', fragments: ['{print "y z"}'] }],
  ],
  ['sed -i -f x.sed m.sql', [{ kind: 'unknown', path: '/shop/m.sql', fragments: [] }]],
  // Patterns of files stay patterns; who asks knows the files.
  [
    "sed -i 's/a/b/' infra/*.tf",
    [
      {
        kind: 'replace-by-sed',
        path: '/shop/infra/*.tf',
        edits: [
          { kind: 'substitute', find: 'a', literal: true, put: 'b', all: false, lines: null },
        ],
      },
    ],
  ],
  [
    "find infra -name '*.tf' -exec sed -i '1d' {} +",
    [
      {
        kind: 'replace-by-sed',
        path: '/shop/infra/**/*.tf',
        edits: [{ kind: 'delete', find: null, literal: false, put: '', all: true, lines: [1, 1] }],
      },
    ],
  ],
  [
    "find infra -type f -print0 | xargs -0 perl -0pi -e 's/a.*/b/'",
    [
      {
        kind: 'replace-by-sed',
        path: '/shop/infra/**/*',
        edits: [
          { kind: 'substitute', find: 'a.*', literal: false, put: 'b', all: false, lines: null },
        ],
      },
    ],
  ],
  ['find src -newer x -delete', [{ kind: 'delete', path: '/shop/src/**/*' }]],
  ["find src -maxdepth 1 -name '*.ts' -delete", [{ kind: 'delete', path: '/shop/src/*.ts' }]],
  ["find src ! -name '*.md' -delete", [{ kind: 'delete', path: '/shop/src/**/*' }]],
  // Folders that go or move, as they are named.
  [
    'git rm -r src/old docs/',
    [
      { kind: 'delete', path: '/shop/src/old' },
      { kind: 'delete', path: '/shop/docs' },
    ],
  ],
  ['git rm -r --cached src', []],
  ['git rm -rn src', []],
  ['git -C web rm -r src', [{ kind: 'delete', path: '/shop/web/src' }]],
  ['git mv src lib', [{ kind: 'move', path: '/shop/src', to: '/shop/lib' }]],
  ['git -C web mv a b', [{ kind: 'move', path: '/shop/web/a', to: '/shop/web/b' }]],
  ['rm -r src', [{ kind: 'delete', path: '/shop/src' }]],
  ['rm -rf src/', [{ kind: 'delete', path: '/shop/src' }]],
  ['rm -rf src/*', [{ kind: 'delete', path: '/shop/src/*' }]],
  ['npx rimraf src', [{ kind: 'delete', path: '/shop/src' }]],
  ['mv src /tmp/x', [{ kind: 'move', path: '/shop/src', to: '/tmp/x' }]],
  [
    'mv src docs ../x/',
    [
      { kind: 'move', path: '/shop/src', to: '/x/src' },
      { kind: 'move', path: '/shop/docs', to: '/x/docs' },
    ],
  ],
  [
    'git clean -fd src docs',
    [
      { kind: 'delete', path: '/shop/src' },
      { kind: 'delete', path: '/shop/docs' },
    ],
  ],
  ['git clean -nd src', []],
];

test.each(changed)('%s', (command, expected) => {
  expect(writes(command)).toEqual(expected);
});

test.each(known)('%s', (command, expected) => {
  expect(writes(command)).toEqual(expected);
});

test.each([
  [
    "python3 - <<'EOF'\np='x.py'\ns=open(p).read()\ns=s.replace('a','DROP TABLE')\nopen(p,'w').write(s)\nEOF",
    'DROP TABLE',
  ],
  ['node -e \'const fs=require("fs"); fs.writeFileSync(f, `DROP TABLE`)\'', 'DROP TABLE'],
  ['ruby -e \'File.write(ARGV[0], "DROP TABLE")\' x', 'DROP TABLE'],
  ['perl -e \'open(F, ">", $f); print F "DROP TABLE"; write\'', 'DROP TABLE'],
  ['echo "DROP TABLE" | sort > x', 'DROP TABLE'],
  ['echo "DROP TABLE $(id)" > x', 'DROP TABLE'],
])('what may be written is told: %s', (command, fragment) => {
  const found = writes(command).filter((write) => write.kind === 'unknown');
  expect(found.flatMap(({ fragments }) => fragments).join('\n')).toContain(fragment);
});

test('PowerShell writes are seen', () => {
  expect(writes('Set-Content -Path x.txt -Value "hi"', { shell: 'powershell' })).toEqual([
    { kind: 'write', path: '/shop/x.txt', content: 'hi\n' },
  ]);
  expect(writes('"hi" | Out-File x.txt', { shell: 'powershell' })).toMatchObject([
    { kind: 'unknown', path: '/shop/x.txt' },
  ]);
});

describe('stream edits', () => {
  test.each([
    ["sed -i 's/one/two/' a.ts", 'two\ntwo\ntwo\n'],
    ["sed -i '2d' a.ts", 'one\none\n'],
    ["sed -i '/two/d;s/one/1/' a.ts", '1\n1\n'],
    ["sed -i '1,2s/one/&x/' a.ts", 'onex\ntwo\none\n'],
    ["sed -i 's/o.e/x/' a.ts", null],
  ])('%s', (command, expected) => {
    const [write] = writes(command);
    expect(
      write?.kind === 'replace-by-sed' ? applyStreamEdits(write.edits, 'one\ntwo\none\n') : 'other',
    ).toBe(expected);
  });
});

test('a file that a program removes is told', () => {
  expect(writes('python3 -c "import os; os.remove(\'a.ts\')"')).toContainEqual({
    kind: 'delete',
    path: '/shop/a.ts',
  });
});

test('scripts that are run are told', () => {
  const scripts = (command: string) => judgeCommand(command, place).scripts;
  expect(scripts('bash scripts/x.sh')).toEqual(['/shop/scripts/x.sh']);
  expect(scripts('cd scripts && ./x.sh && python3 y.py')).toEqual([
    '/shop/scripts/x.sh',
    '/shop/scripts/y.py',
  ]);
  expect(scripts('npm test')).toEqual([]);
});

test('what cannot be decoded is said', () => {
  expect(judgeCommand('cat x | base64 -d > y', place).gaps).toHaveLength(1);
});
