import { codeLanguages } from '../code/grammar.ts';
import { lossesIn } from '../code/losses.ts';
import type { Loss } from '../code/losses.ts';
import { excerpt } from '../code/nodes.ts';
import { guard } from '../guard.ts';
import type { Guard } from '../guard.ts';
import { caught, passed } from './stampede.examples.ts';

const says: Loss['says'] = ({ gone }) =>
  `lets everybody fill the same entry at once: ${excerpt(gone.replace(/^[,.]|[,;{]$/g, ''), 60)} is gone`;

const rows: readonly Loss[] = [
  {
    gone: /^(?:[\w, ]{1,40}:?=)?(?:return )?(?:await )?[\w.]{0,60}(?:singleflight|singleFlight|sf|flight\w*|[gG]roup|[iI]n[fF]light\w*|dedupe\w*|coalesce\w*|dedup)\.(?:Do|DoChan|do|run|execute|wrap|work)\([\w.,`'"+${}: ]{0,80},?(?:func\(\)\([\w.*, {}[\]]{1,40}\)|(?:async)?\(\)=>)\{?$/,
    severity: 'warn',
    says,
  },
  {
    gone: /^(?:const \w+=)?(?:[\w.]{0,40}(?:[iI]n_?[fF]light|pending|ongoing)\w*\.(?:get|set|delete|has)\([^{};]{1,80}\);?)$|^if\(?[\w.]{0,40}(?:[iI]n_?[fF]light|pending)\w*(?:\.has\([^{};]{1,60}\)|\[[^{};\]]{1,60}\])?\)?\{?return [\w.[\]()]{1,80};?\}?$/,
    near: /cache|load|fetch/i,
    severity: 'note',
    says,
  },
  {
    gone: /^[+*,]\(?(?:jitter=[\w.()]{1,40}|(?:Math\.)?random(?:\.\w+)?\([^()]{0,40}\)(?:\*[\w.]{1,30})?|rand\.\w+\([^()]{0,40}\)|jitter(?:\([^()]{0,40}\))?|time\.Duration\(rand\.\w+\([^()]{0,40}\)\))\)?,?$/,
    near: /ttl|expir|cache|EX\b/i,
    severity: 'warn',
    says,
  },
  {
    gone: /^,?(?:sync=true|race_condition_ttl(?::|=>)[\w.]{1,30}|early_expiration\w*[:=][\w.]{1,30}|swr[:=][\w.]{1,30}|stale[wW]hile[rR]evalidate[:=][\w.]{1,30}|lock=True|stampede\w*[:=][\w.]{1,30})$/,
    near: /cache/i,
    severity: 'warn',
    says,
  },
];

/** What kept many from filling the same cache entry at once went. */
export const stampede: Guard = guard({
  id: 'caches/stampede',
  severity: 'warn',
  protects: 'the source behind a cache from all its readers at once',
  breaks:
    'When the entry ends, every request that misses it asks the source at the same moment, and the source falls over.',
  fix: 'Let one request fill the entry while the others wait, or let entries end at different times.',
  languages: codeLanguages,
  cwe: [400, 799],
  confidence: 0.6,
  caught,
  passed,
  look: (scene) =>
    lossesIn(scene, {
      rows,
      trace:
        /flight|group|pending|ongoing|dedup|coalesce|jitter|rand|sync|race_condition|early_exp|swr|stale|lock|stampede/i,
      back: /flight|single|dedup|coalesce|jitter|random|rand\.|sync=|race_condition|stale|lock|mutex|stampede|memo|pending/i,
    }),
});
