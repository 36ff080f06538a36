import type { Gap } from '../../change/change.ts';
import type { HclBlock, Language, Parsers, SqlStatement, Tree } from '../../guards/guard.ts';
import { readHcl } from './hcl.ts';
import { loadSql } from './sql.ts';
import { loadTrees } from './trees.ts';

/** Loads the parsers that these languages need, and no others. What does not load becomes a gap, not a crash. */
export async function loadParsers(languages: Iterable<Language>): Promise<Parsers> {
  const wanted = new Set(languages);
  const gaps: Gap[] = [];
  const tree = await attempt(() => loadTrees(wanted), 'syntax trees', gaps);
  const sql = wanted.has('sql') ? await attempt(loadSql, 'SQL', gaps) : null;
  return {
    tree: (language: Language, text: string): Tree | null => tree?.(language, text) ?? null,
    sql: (text: string): readonly SqlStatement[] | null => sql?.(text) ?? null,
    hcl: (text: string): readonly HclBlock[] | null => readHcl(text),
    gaps,
  };
}

async function attempt<Loaded>(
  load: () => Promise<Loaded>,
  name: string,
  gaps: Gap[],
): Promise<Loaded | null> {
  try {
    return await load();
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    gaps.push({
      what: `${name} parser`,
      why: `it could not be loaded here: ${why.split('\n')[0]}`,
    });
    return null;
  }
}
