import { isStandIn } from './plausible.ts';

const login =
  /\b(postgres(?:ql)?|mysql|mariadb|mongodb(?:\+srv)?|rediss?|amqps?|mssql|sqlserver|clickhouse|cockroachdb|ldaps?|ftps?|sftp|smtps?|https?):\/\/([^\s:@/"'`<>]{0,60}):([^\s@/"'`<>]{3,120})@([\w.-]{1,120})/gi;
const ownHosts =
  /^(?:localhost|127\.|0\.0\.0\.0|10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|host\.docker\.internal|[\w-]+$)|(?:^|\.)(?:example|test|local|localhost|invalid|internal|svc|cluster\.local)(?:\.(?:com|org|net|io))?$|(?:^|\.)(?:host|server|domain|hostname|your[\w-]*|my[\w-]*)\.(?:com|io|net)$/i;
const commonPasswords =
  /^(?:pass\w*|pw|pwd|secret\w*|root|admin\w*|user\w*|test\w*|postgres\w*|mysql|mongo\w*|redis|guest|token|changeme|credentials?|hunter2|foo|bar|baz|abc\w*|\w{1,5}|x-\w+)$/i;

/** Passwords inside addresses of databases and other servers, as far as they reach a real machine. */
export function loginsIn(
  line: string,
): readonly { readonly scheme: string; readonly secret: string }[] {
  if (!line.includes('://') || !line.includes('@')) return [];
  return [...line.matchAll(login)].flatMap(([, scheme = '', user = '', secret = '', host = '']) => {
    if (ownHosts.test(host) || secret === user || commonPasswords.test(secret)) return [];
    if (isStandIn(secret) || /^[$%{[]|[})\]]$/.test(secret)) return [];
    return [{ scheme: scheme.toLowerCase(), secret }];
  });
}

const jwt = /\beyJ[\w-]{10,2000}\.eyJ[\w-]{10,4000}\.[\w-]{20,600}/g;

/** A JSON Web Token and who it speaks for. */
export interface WebToken {
  readonly secret: string;
  /** It opens everything: a service role or an administrator. */
  readonly isMighty: boolean;
}

/** JSON Web Tokens in a line, without those made for demonstrations or for everyone's eyes. */
export function webTokensIn(line: string): readonly WebToken[] {
  if (!line.includes('eyJ')) return [];
  return [...line.matchAll(jwt)].flatMap(([secret]) => {
    const [head, claims] = secret.split('.').map(decoded);
    if (head === undefined || claims === undefined || !/"alg"/.test(head)) return [];
    if (
      /supabase-demo|John Doe|"role":\s*"anon"|example|"sub":\s*"1234567890"|"(?:iss|aud|sub)":\s*"test/i.test(
        claims,
      )
    )
      return [];
    if (/"alg":\s*"none"/i.test(head)) return [];
    return [{ secret, isMighty: /service_role|"admin"|superuser/i.test(claims) }];
  });
}

function decoded(part: string): string {
  return atob(part.replaceAll('-', '+').replaceAll('_', '/'));
}
