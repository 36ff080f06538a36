import type { ChangedFile, Language, Source } from '../guard.ts';
import type { LostAuth } from './lost-auth.ts';
import { compact, excerpt } from './nodes.ts';

/** How a framework writes on one line that only some may pass. */
interface Gate {
  /** The first group is what guards: it is what may reappear elsewhere. */
  readonly pattern: RegExp;
  readonly form: 'route' | 'router';
}

const rights =
  'auth\\w*|authenticate\\w*|authorize\\w*|require_\\w+|ensure_\\w+|verify_\\w+|check_\\w*(?:access|permission|admin|login)\\w*|\\w*logged_in\\w*|\\w*signed_in\\w*|\\w*login\\w*|doorkeeper_authorize|admin\\w*|can|role|permission|verified|signed';

// Data: a new framework is a new line.
const gates: Readonly<Partial<Record<Language, readonly Gate[]>>> = {
  ruby: [
    {
      pattern: new RegExp(
        `^\\s*(?:prepend_)?before_action\\s*\\(?\\s*:?(${rights.replace('can|role|permission|verified|signed', '\\w*authorized\\w*')})[!?]?\\b`,
      ),
      form: 'router',
    },
    { pattern: /^\s*(load_and_authorize_resource|http_basic_authenticate_with)\b/, form: 'router' },
  ],
  php: [
    {
      pattern: new RegExp(`(?:->|::)middleware\\(\\s*\\[?[^)]{0,80}?['"](${rights})\\b`),
      form: 'route',
    },
    { pattern: new RegExp(`['"]middleware['"]\\s*=>.{0,80}?['"](${rights})\\b`), form: 'route' },
  ],
  csharp: [
    { pattern: /\.(RequireAuthorization|RequireRole|RequireClaim)\(/, form: 'route' },
    { pattern: /\.(UseAuthentication|UseAuthorization|UseAntiforgery)\(\)/, form: 'router' },
  ],
  kotlin: [
    { pattern: /^\s*(authenticate)\s*(?:\(|\{)/, form: 'router' },
    { pattern: /\.(authenticated|hasRole|hasAuthority|hasAnyRole)\(/, form: 'route' },
  ],
  rust: [
    {
      pattern:
        /\.(?:layer|route_layer|wrap)\(.{0,80}?\b(\w*(?:[aA]uth|require_|[jJ]wt|[gG]uard)\w*)/,
      form: 'router',
    },
    { pattern: /\.guard\(\s*.{0,40}?\b(\w*(?:[aA]uth|admin)\w*)/, form: 'route' },
  ],
};

const comment = /^\s*(?:\/\/|#(?!\[)|\*|\/\*)/;

/** Gates that a file wrote on fewer lines than before. */
export function lostGates(file: ChangedFile): readonly LostAuth[] {
  const known = gates[file.language];
  if (known === undefined || file.before === null || file.after === null) return [];
  const { before, after } = file;
  return [...narrowed(file), ...skips(file)].concat(
    known.flatMap(({ pattern, form }) => {
      const now = places(after, pattern).map(({ check }) => check);
      const was = places(before, pattern);
      return was.flatMap(({ check, line, text }) => {
        const left = now.filter((one) => one === check).length;
        if (!file.removed.has(line) || left >= was.filter((one) => one.check === check).length)
          return [];
        const open = openNow(text, after, pattern);
        return open === null ? [] : [{ check, open, line, lostAt: line, form }];
      });
    }),
  );
}

function places(
  source: Source,
  pattern: RegExp,
): readonly { readonly check: string; readonly line: number; readonly text: string }[] {
  return source.lines.flatMap((text, index) => {
    const check = comment.test(text) ? undefined : pattern.exec(text)?.[1];
    return check === undefined ? [] : [{ check, line: index + 1, text }];
  });
}

// What the gate stood in front of and is still there: the route of its line, or the class or router around it.
function openNow(text: string, after: Source, pattern: RegExp): string | null {
  const route = /['"](\/?[\w{}:./-]*)['"]/.exec(text.replace(pattern, ''))?.[1];
  const isRoute =
    /\b(?:Route|Map(?:Get|Post|Put|Patch|Delete|Group)|route|get|post|put|patch|delete)\b/;
  if (route !== undefined && route !== '' && isRoute.test(text))
    return after.lines.some((line) => isRoute.test(line) && compact(line).includes(route))
      ? `the route ${excerpt(route, 40)}`
      : null;
  const holder = after.lines.find((line) =>
    /^\s*(?:\w+ )*class\s+\w+|Router::new|routing\s*\{/.test(line),
  );
  if (holder !== undefined) return excerpt(holder.replace(/[{<].*$/, ''), 40);
  return /builder\.|WebApplication|app\./.test(after.text) ? 'the whole application' : null;
}

// Rails: the check stays, but `only:` or `except:` lets more pass.
function narrowed({ language, change }: ChangedFile): readonly LostAuth[] {
  if (language !== 'ruby') return [];
  const action = /^\s*(?:prepend_)?before_action\s*\(?\s*:(\w+[!?]?)(.*)$/;
  return change.hunks.flatMap((hunk) =>
    hunk.removed.flatMap((line) => {
      const [, name = '', rest = ''] = action.exec(line) ?? [];
      if (!isRights.test(name) || /\b(?:only|except|if|unless)\b/.test(rest)) return [];
      const index = hunk.added.findIndex((text) => {
        const now = action.exec(text);
        return now?.[1] === name && /\b(?:only|except):/.test(now[2] ?? '');
      });
      if (index < 0) return [];
      return [
        {
          check: excerpt(line, 50),
          open: excerpt(hunk.added[index] ?? '', 60),
          line: hunk.newStart + index,
          lostAt: hunk.oldStart,
          form: 'setting' as const,
        },
      ];
    }),
  );
}

const isRights = new RegExp(`^(?:${rights})[!?]?$`);
const skip =
  /^\s*(skip_before_action|skip_authorization_check|skip_after_action|allow_unauthenticated_access)\b(.*)$/;

// Rails: a check of the parent class is skipped here, in a class that stood there before.
function skips({ path, language, change, after, before }: ChangedFile): readonly LostAuth[] {
  if (language !== 'ruby' || before === null || after === null) return [];
  return change.hunks.flatMap((hunk) =>
    hunk.added.flatMap((text, index) => {
      const [, word, rest = ''] = skip.exec(text) ?? [];
      if (word === undefined || before.text.includes(text.trim())) return [];
      const name = /:(\w+)/.exec(rest)?.[1] ?? word;
      if (!isRights.test(name) && !word.startsWith('allow')) return [];
      // Machines that call carry no form of ours, and so no token of it.
      if (name.startsWith('verify_auth') && /api|hook|callback/i.test(path)) return [];
      const line = hunk.newStart + index;
      const open = /class\s+([\w:]+)/.exec(after.text)?.[1] ?? 'the controller';
      return [{ check: excerpt(text, 50), open, line, lostAt: line, form: 'opened' as const }];
    }),
  );
}
