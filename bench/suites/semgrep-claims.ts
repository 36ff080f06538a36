/** Which guard claims a class of the suite, by the path of its rule. */
export interface Claim {
  readonly paths: RegExp;
  readonly guard: string;
}

const languages = String.raw`^(?:python|javascript|typescript|go|java|kotlin|ruby|php|csharp|rust|problem-based-packs)\/.*`;

function claim(guard: string, words: string): Claim {
  return { guard: `security/${guard}`, paths: new RegExp(`${languages}(?:${words})`) };
}

/** The classes we claim; a rule's targets are shown to the guards that claim it and to no others. */
export const claims: readonly Claim[] = [
  claim(
    'sql-injection',
    String.raw`(?<!no)sqli\b|sql-injection|tainted-sql|formatted-sql|string-formatted-query|sql-formatted|raw-query|gorm-dangerous|check-sql|activerecord-sqli`,
  ),
  claim(
    'command-injection',
    String.raw`os-command|dangerous-(?:subprocess-use|system-call|exec-cmd|exec-command|subshell|asyncio-shell)(?!.*audit)|command-injection|subprocess-shell-true|os-system-injection|subprocess-injection|detect-child-process|tainted-(?:cmd|system-command)|exec-use|backticks-use|shell-injection|spawn-shell-true|paramiko-exec|avoid-tainted-shell|child_process|command-line`,
  ),
  claim(
    'path-traversal',
    String.raw`path-traversal|tainted-file-path|avoid-tainted-file|check-send-file|unsafe-path-combine|res-sendfile|path-join-resolve|request-data-fileresponse|tainted-filename`,
  ),
  claim(
    'unsafe-deserialisation',
    String.raw`deserializ|deserialis|pickle|pyyaml|snakeyaml|unserialize|\/marshal\b|cookie-serialization|tainted-eval|user-eval|user-exec|code-string-concat|eval-detected|eval-use|no-eval`,
  ),
  claim(
    'weak-crypto',
    String.raw`crypto\/(?:use_of_weak|math_random|bad_imports)|weak-hash|insecure-(?:hash|cipher)|md5-used|use-of-(?:md5|sha1|rc2|rc4|des|blowfish|aes-ecb|default-aes)|des-is-|desede-is|ecb-cipher|use_ecb|no-null-cipher|rsa-key-size|dsa-key-size|weak-rsa|use_weak|weak-random|insecure-hashes|deprecated_cipher|static-initialization-vector|rsa-no-padding|weak-crypto|mcrypt|pseudo-random|weak-symmetric|argon2-config`,
  ),
  claim(
    'token-unverified',
    String.raw`jwt-(?:none-alg|decode-without|parse-unverified)|unverified-jwt|jwt-tokenvalidation|unsigned-security-token`,
  ),
  claim(
    'cookie-weakened',
    String.raw`cookie-(?:missing|settings|issecure|setSecure|samesite)|session-cookie|secure-set-cookie|secure-cookies|cookie-store-session|secure-flag`,
  ),
  claim('cors-opened', String.raw`cors`),
  claim('csrf-off', String.raw`csrf|forgery|antiforgery`),
  claim(
    'markup-unescaped',
    String.raw`dangerouslysetinnerhtml|innerhtml|mark-safe|html-safe|avoid-raw\b|safestring|autoescape|markup-unescaped|explicit-unescape|template-html-does-not|insecure-types|document-method|unsanitized-(?:property|method)|v-html|domsanitizer|trust-as-html|avoid-mark|html-magic|filter-with-is-safe|echoed-request|raw-html`,
  ),
  claim(
    'redirect-open',
    String.raw`open-redirect|unvalidated-redirect|check-redirect|avoid-redirect|user-input-redirect`,
  ),
  claim('request-forgery', String.raw`ssrf|tainted-url-host|avoid-tainted-http`),
  claim('mass-assignment', String.raw`mass-assign|permit-attributes|create-with|attr-accessible`),
  claim(
    'regex-backtracking',
    String.raw`regex-dos|regular-expression-dos|redos|non-literal-regexp`,
  ),
  claim('secret-logged', String.raw`credential-leak|secret-logged`),
  claim('xml-entities', String.raw`xxe|external-entit|defused-xml(?!rpc)|libxml|expat`),
  claim('file-open-to-all', String.raw`file-permission|chmod|insecure-file-perm`),
];
