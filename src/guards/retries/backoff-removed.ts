import { codeLanguages } from '../code/grammar.ts';
import { lossesIn } from '../code/losses.ts';
import type { Loss } from '../code/losses.ts';
import { excerpt } from '../code/nodes.ts';
import { guard } from '../guard.ts';
import type { Guard } from '../guard.ts';
import { caught, passed } from './backoff-removed.examples.ts';

const retrying = /retr(?:y|ies)|attempt|backoff|\btries\b|reconnect/i;

const says: Loss['says'] = ({ gone }) =>
  `retries without a pause: ${excerpt(gone.replace(/^[,.]|[,;]$/g, ''), 60)} is gone`;

const argument = '\\([^(){};]{0,100}(?:\\([^(){};]{0,100}\\)[^(){};]{0,60}){0,3}\\)';

const rows: readonly Loss[] = [
  {
    gone: new RegExp(
      `^(?:if\\([^{}()]{0,60}\\)\\{?)?(?:await )?[\\w.:]{0,40}?(?<![\\w])_?(?:sleep\\w*|Sleep|delay|Delay|wait|wait_for_retry|setTimeout|backoff\\w*|back_off|pause|usleep|after|sleep_for)${argument}(?:\\.await)?;?\\}?$`,
    ),
    came: /^(?:continue|pass)?;?$/,
    near: retrying,
    severity: 'warn',
    says,
  },
  {
    gone: new RegExp(
      `^await new Promise(?:<\\w+>)?\\(\\(?\\w+\\)?=>\\{?setTimeout${argument};?\\}?\\);?$`,
    ),
    near: retrying,
    severity: 'warn',
    says,
  },
  {
    gone: new RegExp(
      `^,?(?:wait=(?:tenacity\\.)?wait_\\w+${argument}(?:\\+\\w+${argument})?|(?:backoff\\w*|retry_?[dD]elay|retryDelay\\w*|initial_?[dD]elay\\w*|minTimeout|min_timeout|factor|randomize|jitter)['"]?(?::|=)[\\w.()"'+*/ -]{1,60}|backoff:\\{[^{}]{0,120}\\}),?$`,
    ),
    near: retrying,
    severity: 'warn',
    says,
  },
  {
    gone: /^(?:\w+(?:\*=|\*\*=)\d+|[\w.]+=(?:Math\.min|min|Math\.pow)\([^;{}]{0,100}\)|\*(?:2\*\*\w+|Math\.pow\(2,\w+\)|\(1<<\w+\)|attempts?)|\w+=\w+\*2);?$/,
    near: /(?:delay|wait|backoff|sleep|interval)[\s\S]*|retr/i,
    notNear: /price|amount|size|width|height|score/i,
    severity: 'note',
    says: ({ gone }) => `waits no longer each time it retries: ${excerpt(gone, 40)} is gone`,
  },
];

/** The pause between two attempts went, and the attempts stayed. */
export const backoffRemoved: Guard = guard({
  id: 'retries/backoff-removed',
  severity: 'warn',
  protects: 'services in trouble from being asked again at once by everybody',
  breaks:
    'When the other side fails, every client asks again at once and as fast as it can, and keeps it from coming back.',
  fix: 'Keep a pause between attempts that grows and varies.',
  languages: codeLanguages,
  cwe: [400, 799],
  confidence: 0.7,
  caught,
  passed,
  look: (scene) =>
    lossesIn(scene, {
      rows,
      trace: /sleep|delay|wait|timeout|back_?off|pause|after|jitter|factor|\*|min\(|pow/i,
      back: /sleep|delay|\bwait|setTimeout|back_?off|pause|jitter|p-?retry|tenacity|retry\w*\(|schedule|ticker|time\.After|circuit|stop_?retry/i,
      notIn: /(?:^|\/)(?:scripts?|tools?)\//,
    }),
});
