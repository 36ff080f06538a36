import { identitiesOf } from '../src/people/identities.ts';
import { noMailmap } from '../src/people/mailmap.ts';
import { groundOf } from '../src/replay/policies-ground.ts';
import type { Ground, House } from '../src/replay/policies-ground.ts';
import { defaultModel } from '../src/risk/default-model.ts';
import { scoreOf } from '../src/risk/model.ts';
import { emptyCatalogue } from '../src/risk/services.ts';
import type { ChangeFact, FactFile } from '../src/replay/fact.ts';

/** A landed change of which everything is ordinary but what is told. */
export function landed(told: Partial<ChangeFact> & { readonly commit: string }): ChangeFact {
  const files = told.files ?? [fileOf('src/a.ts', 10)];
  const added = files.reduce((sum, file) => sum + file.added, 0);
  const deleted = files.reduce((sum, file) => sum + file.deleted, 0);
  return {
    landing: 'squash',
    request: null,
    subject: 'A change',
    landedAt: 1_750_000_000,
    author: { name: 'Ann', email: 'ann@example.org' },
    committer: { name: 'GitHub', email: 'noreply@github.com' },
    reviewers: [],
    lines: { ai: 0, mixed: 0, human: 0, unknown: added },
    tools: [],
    aiSeen: false,
    advised: false,
    features: [1, 1, files.length, 0, added, deleted, 100, 0, 1, 1, 1, 10, 5, 3],
    findings: null,
    traces: { merged: [], repairs: false, sort: 'product', mentions: [], blamed: [], undone: [] },
    ...told,
    files,
  };
}

/** A changed file with so many added and deleted lines. */
export function fileOf(path: string, added: number, deleted = 0): FactFile {
  return { path, oldPath: path, added, deleted, generated: false };
}

const authors = ['Ann', 'Bob', 'Cy', 'Dee', 'Eve', 'Fay', 'Gus', 'Hal'];
const folders = ['src/cart', 'src/pay', 'src/auth', 'db/migrations', 'docs', 'infra/prod', 'web'];

/** A long history, the same each time: one change an hour by a few people in a few hundred files. */
export function madeUpFacts(count: number): readonly ChangeFact[] {
  let seed = 1;
  function below(limit: number): number {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
    return (seed >>> 8) % limit;
  }
  return Array.from({ length: count }, (_, at) => {
    const files = Array.from({ length: 1 + below(5) }, () => {
      const folder = folders[below(folders.length)] ?? 'src';
      const kind = folder === 'docs' ? 'md' : 'ts';
      return fileOf(`${folder}/${below(400)}.${kind}`, below(120), below(60));
    });
    const added = files.reduce((sum, file) => sum + file.added, 0);
    const ai = below(3) === 0;
    const name = authors[below(authors.length)] ?? 'Ann';
    return landed({
      commit: at.toString(16).padStart(40, '0'),
      landedAt: 1_600_000_000 + at * 3600,
      author: { name, email: `${name.toLowerCase()}@example.org` },
      files,
      lines: { ai: ai ? added : 0, mixed: 0, human: 0, unknown: ai ? 0 : added },
      aiSeen: ai,
      tools: ai ? [{ tool: 'claude-code', model: null }] : [],
      features: [1, 1, files.length, 1, added, below(60), 500, below(2), 3, 4, 9, 40, 12, 8],
    });
  });
}

/** A history with nobody in people.yml, prepared for policies; risk by the default model. */
export function groundFor(facts: readonly ChangeFact[], house: Partial<House> = {}): Ground {
  const roster = house.roster ?? { members: [], bots: [] };
  return groundOf(
    facts,
    {
      roster,
      identities: identitiesOf('unknown' in roster ? { members: [], bots: [] } : roster, noMailmap),
      codeowners: null,
      catalogue: emptyCatalogue,
      branch: 'main',
      ...house,
    },
    (features) => scoreOf(features, defaultModel),
  );
}
