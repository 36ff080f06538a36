import { codeLanguages } from '../code/grammar.ts';
import { lossesIn, nearText } from '../code/losses.ts';
import type { Loss } from '../code/losses.ts';
import { excerpt } from '../code/nodes.ts';
import { raisedNumbers } from '../code/raised.ts';
import { guard } from '../guard.ts';
import type { Guard, Scene, Sighting } from '../guard.ts';
import { caught, passed } from './expiry-removed.examples.ts';

const caching = /cache|redis|memo|lru|\bkv\b|\bstore\b|ttl|setex|session/i;
const amount = '[\\w.* /$]{1,60}(?:\\([\\w.,* ]{0,40}\\))?';

const says: Loss['says'] = ({ gone }) =>
  `keeps cached entries for ever: ${excerpt(gone.replace(/^[,.]|[,;]$/g, ''), 60)} is gone`;

const rows: readonly Loss[] = [
  {
    gone: new RegExp(
      `^,?['"]?(?:ttl\\w*|\\w*Ttl|\\w*TTL|max_?[aA]ge|expir(?:es?|y|ation)\\w*|expires_in|ex|px|EX|PX|stale_?[tT]ime|revalidate|cache_?[tT]ime(?:out)?|timeout|AbsoluteExpiration\\w*|SlidingExpiration)['"]?(?::|=|=>)${amount},?$`,
    ),
    near: caching,
    notNear: /cookie|jwt|signJwt|token/i,
    severity: 'warn',
    says,
  },
  {
    gone: new RegExp(
      `^\\.(?:expireAfterWrite|expireAfterAccess|refreshAfterWrite|expires|entryTtl|timeToLive|SetAbsoluteExpiration|SetSlidingExpiration|time_to_live|time_to_idle|ttl)\\(${amount}(?:,[\\w.]{1,40})?\\);?$`,
    ),
    severity: 'warn',
    says,
  },
  {
    gone: /^(?:p?setex|setEx|pSetEx|SetEX|SetEx)$/,
    came: /^[sS]et$/,
    severity: 'warn',
    says,
  },
  {
    gone: /^,\d[\w*. ]{0,30}$/,
    line: /\b\w*[cC]ache\w*(?:\.|->|::)(?:set|put|write|add|Set|Put)\(/,
    severity: 'warn',
    says,
  },
  {
    languages: ['go'],
    gone: /^(?:\w+\*)?time\.\w+$/,
    came: /^0$/,
    line: /\b(?:\w*[cC]ache|rdb|redis\w*|\w*[rR]edis\w*|client)\.Set\w*\(/,
    severity: 'warn',
    says,
  },
  {
    gone: /^,['"](?:EX|PX)['"],[\w.* ]{1,60}$/,
    severity: 'warn',
    says,
  },
  {
    gone: /^(?:await |\w+=)?[\w.]{1,60}[.:>](?:p?expire(?:at)?|Expire)\([\w.,`'"$\\{}:* -]{1,120}\)(?:\.(?:await|Err\(\)))?;?$/,
    near: /set|incr|add|push|cache|redis/i,
    severity: 'warn',
    says,
  },
];

/** Entries of a cache no longer end. */
export const expiryRemoved: Guard = guard({
  id: 'caches/expiry-removed',
  severity: 'warn',
  protects: 'memory, and users from answers that are long out of date',
  breaks:
    'Entries stay until something deletes them: users see old data, and the store fills until it evicts or refuses writes.',
  fix: 'Keep an expiry on the entry, or delete it wherever the data changes.',
  languages: codeLanguages,
  cwe: [401, 772],
  confidence: 0.6,
  caught,
  passed,
  look: (scene) => [
    ...lossesIn(scene, {
      rows,
      trace:
        /ttl|age|expir|\bex\b|\bpx\b|EX|PX|stale|revalidate|timeout|time_to|timeToLive|SetSliding|cache|time\.|setex/i,
      back: /ttl|expir|max_?age|setex|stale|invalidate|evict|\bdel(?:ete)?\b|timeout|revalidate|\b(?:ex|px)\b/i,
    }),
    ...switchedOff(scene),
  ],
});

const named = /ttl|max_?age|expir|\b(?:ex|px)\b|cache_?timeout|stale_?time/i;

function switchedOff(scene: Scene): readonly Sighting[] {
  return raisedNumbers(scene, named)
    .filter(
      ({ from, to, edit }) =>
        from > 0 && (to === Infinity || to === 0) && caching.test(nearText(edit)),
    )
    .map(({ edit, name, to }) => ({
      path: edit.file.path,
      line: edit.line,
      says: `sets ${name} to ${to === 0 ? '0' : 'never'}: ${to === 0 ? 'nothing is cached, or nothing ends' : 'entries never end'}`,
      subject: `expiry ${name}`,
    }));
}
