import type { Fault } from '../code/faults.ts';
import type { Language } from '../guard.ts';

/** A weak form; `instead` is the strong form whose removal in the same file makes it a step back. */
export interface WeakForm extends Fault {
  readonly instead?: RegExp;
}

const script: readonly Language[] = ['typescript', 'tsx', 'javascript'];
const jvm: readonly Language[] = ['java', 'kotlin'];
const strongHash = /sha-?_?(?:224|256|384|512)|sha3|blake2|bcrypt|scrypt|argon2|pbkdf2/i;
const strongCipher = /gcm|chacha|poly1305|\bGCM\b|AES(?:-|_)?(?:128|192|256)/i;
const strongRandom =
  /crypto|secrets\.|SystemRandom|SecureRandom|random_bytes|random_int|RandomNumberGenerator|OsRng|rand\.Reader|randomUUID|getRandomValues/;
const secretWords =
  /passw|pwd|secret|signature|\bsign(?:ed|ing)?\b|\bhmac|credential|auth|session_?id|api_?key|nonce|salt\b|otp\b|reset_?(?:code|link|token)/i;
// A hash for a cache key, an ETag or a file name protects nothing.
const harmless =
  /etag|cache|checksum|finger_?print|gravatar|content-?md5|file_?name|dedup|usedforsecurity\s*=\s*False|color|avatar|revision|virtualAs\(|storedAs\(|to_sql|bucket|shard|build|asset|slug|uuid5|git\b/i;

const md5 = 'hashes by MD5 or SHA-1';

/** Weak hashes: a fault of weight where passwords or signatures are meant. */
const hashes: readonly (readonly [readonly Language[], RegExp])[] = [
  [
    script,
    /\bcreateHash\(\s*["'`](?:md[245]|sha-?1|ripemd\w*)["'`]|\bcreateHmac\(\s*["'`](?:md5|sha-?1)["'`]|\bCryptoJS\.(?:MD5|SHA1)\b|\bHmac(?:MD5|SHA1)\b|\bmd5\(|\bsha1\(|createHash\(["'`](?:md5|sha1)["'`]/,
  ],
  [
    ['python'],
    /\bhashlib\.(?:md[245]|sha1)\s*\(|\bhashlib\.new\(\s*(?:name\s*=\s*)?["'](?:md[245]|sha1|MD[245]|SHA1)["']|\bhashes\.(?:MD5|SHA1)\s*\(|\b(?:MD[245]|SHA1?|_?md5|_?sha1)\.new\s*\(|hmac\.new\(.*(?:hashlib\.(?:md5|sha1)|["'](?:md5|sha1)["'])|digestmod\s*=\s*["']?(?:hashlib\.)?(?:md5|sha1)/,
  ],
  [['go'], /\b(?:md5|sha1)\.(?:New|Sum)\b/],
  [
    jvm,
    /\bMessageDigest\.getInstance\(\s*"(?:MD[245]|SHA-?1|SHA)"|\bDigestUtils\.(?:md5|sha1|sha|getMd5Digest|getSha1Digest|getShaDigest|getMd2Digest)\w*\(|\bHashing\.(?:md5|sha1)\(|\bMac\.getInstance\(\s*"Hmac(?:MD5|SHA1)"|"(?:MD5|SHA1)with\w+"|MD5\.create\(\)/,
  ],
  [
    ['ruby'],
    /\bDigest::(?:MD5|SHA1)\b|OpenSSL::Digest(?:::(?:MD[245]|SHA1)|\.new\(\s*["'](?:md[245]|sha1)["'])|OpenSSL::HMAC\.\w+\(\s*["'](?:md5|sha1)["']|OpenSSL::Digest::(?:MD[245]|SHA1)/i,
  ],
  [
    ['php'],
    /(?<![\w>:$])(?:md5|sha1|md5_file|sha1_file|crypt)\s*\(|\bhash(?:_hmac)?\(\s*["'](?:md[245]|sha1|crc32b?)["']|\bmhash\(/,
  ],
  [
    ['csharp'],
    /\b(?:MD5|SHA1|HMACMD5|HMACSHA1|RIPEMD160)(?:\.Create\(|CryptoServiceProvider|Managed|\s*\(|\.HashData)|\bHashAlgorithmName\.(?:MD5|SHA1)\b/,
  ],
  [
    ['rust'],
    /\b(?:md2|md4|md5|sha1|Md2|Md4|Md5|Sha1|ripemd\w*)::(?:new|compute|digest|Md5|default)\b|\bMessageDigest::(?:md5|sha1)\(|\b(?:Md[245]|Sha1)::\w+\(|digest::SHA1\w*/,
  ],
];

const ciphers: readonly (readonly [readonly Language[], RegExp])[] = [
  [
    script,
    /\bcreate(?:De|C)ipher(?:iv)?\(\s*["'`](?:des|rc4|rc2|bf|[\w-]*-ecb)\b|\bcreate(?:Dec|C)ipher\(|\bCryptoJS\.(?:DES|RC4|TripleDES)\b|\bmode\.ECB\b/i,
  ],
  [
    ['python'],
    /\b(?:DES3?|ARC2|ARC4|Blowfish|XOR|CAST)\.new\s*\(|\bMODE_(?:ECB)\b|\bmodes\.ECB\s*\(|\balgorithms\.(?:ARC4|Blowfish|IDEA|TripleDES|CAST5|SEED)\s*\(/,
  ],
  [['go'], /\b(?:des\.New(?:TripleDES)?Cipher|rc4\.NewCipher)\s*\(/],
  [
    jvm,
    /\b(?:Cipher|KeyGenerator|SecretKeyFactory)\.getInstance\(\s*"(?:DES\w*|RC[24]|ARCFOUR|Blowfish|[\w]+\/ECB\b[^"]*|Twofish\/ECB[^"]*)"|\bCipher\.getInstance\(\s*"AES"|\bnew\s+(?:javax\.crypto\.)?NullCipher\s*\(|\bgetInstance\(\s*"(?:RSA\/\w+\/NoPadding|DES\b|DESede\b|RC4\b)|"(?:DES|DESede)(?:\/[^"]*)?"\s*\)/,
  ],
  [['ruby'], /OpenSSL::Cipher(?:::Cipher)?\.new\(\s*["'](?:des|rc4|rc2|bf|[\w-]*-ecb)/i],
  [
    ['php'],
    /\bopenssl_encrypt\([^)]*["'](?:des|rc4|rc2|bf|[\w-]*-ecb)|\bMCRYPT_\w+|\bmcrypt_\w+\(/i,
  ],
  [
    ['csharp'],
    /\b(?:DES|RC2|TripleDES)(?:\.Create\(|CryptoServiceProvider\b|CryptoServiceProvider\()|\bCipherMode\.ECB\b|EncryptEcb\(|DecryptEcb\(|RSAEncryptionPadding\.Pkcs1\b|new\s+RSAPKCS1KeyExchange\w+\(|\.Encrypt\([^,()]+,\s*false\s*\)/,
  ],
  [['rust'], /\bCipher::(?:des_\w+|rc4|aes_\d+_ecb|bf_\w+)\b/],
];

const randoms: readonly (readonly [readonly Language[], RegExp])[] = [
  [script, /\bMath\.random\s*\(/],
  [
    ['python'],
    /(?<![\w.])random\.(?:random|randint|choice|choices|getrandbits|sample|randrange|shuffle)\s*\(/,
  ],
  [['go'], /(?<![\w.])rand\.(?:Int\w*|Read|Seed|New|Perm|Float\w*)\s*\(/],
  [
    jvm,
    /\bnew\s+(?:java\.util\.)?Random\s*\(|\bMath\.random\s*\(|\bRandom\.next\w+\(|\bThreadLocalRandom\b|\bRandomStringUtils\.random\w*\(/,
  ],
  [['ruby'], /(?<![\w.])(?:rand\s*\(|rand\s+\d|Random\.(?:rand|new)|Kernel\.rand)/],
  [['php'], /(?<![\w>:$])(?:rand|mt_rand|uniqid|lcg_value|str_shuffle|array_rand)\s*\(/],
  [['csharp'], /\bnew\s+(?:System\.)?Random\s*\(|\bRandom\.Shared\b/],
];
const tokens =
  /token|passw|secret|nonce|session_?id|api_?key|\botp\b|verification_?code|reset_?code|csrf|invite_?code|\biv\b|\bkey\s*=|salt\b/i;
const sameLine = 0;

function forms(): readonly WeakForm[] {
  return [
    ...hashes.flatMap(([languages, pattern]) => [
      {
        languages,
        pattern,
        near: secretWords,
        unless: harmless,
        reach: 1,
        says: `${md5} where a secret or a signature is meant`,
        severity: 'warn' as const,
        instead: strongHash,
      },
      {
        languages,
        pattern,
        unless: harmless,
        reach: 1,
        says: md5,
        severity: 'note' as const,
        instead: strongHash,
      },
    ]),
    ...ciphers.map(([languages, pattern]) => ({
      languages,
      pattern,
      says: 'encrypts in a way that is broken (DES, RC4, ECB and their like)',
      severity: 'warn' as const,
      instead: strongCipher,
    })),
    ...randoms.map(([languages, pattern]) => ({
      languages,
      pattern,
      near: tokens,
      reach: sameLine,
      unless: /test|mock|color|animation|placeholder|jitter|delay|temp_?name|key=\{/i,
      ...(languages.includes('go') ? { needs: /"math\/rand/ } : {}),
      says: 'takes a token from random numbers that can be foretold',
      severity: 'warn' as const,
      instead: strongRandom,
    })),
    ...randoms.map(([languages, pattern]) => ({
      languages,
      pattern,
      ...(languages.includes('go') ? { needs: /"math\/rand/ } : {}),
      near: tokens,
      reach: 6,
      unless: /test|mock|color|animation|placeholder|jitter|delay|backoff|shuffle|sample/i,
      says: 'takes random numbers that can be foretold beside a secret',
      severity: 'note' as const,
      instead: strongRandom,
    })),
  ];
}

/** Weak hashes, ciphers, keys and random sources, by language. */
export const weakForms: readonly WeakForm[] = [
  ...forms(),
  {
    languages: ['go'],
    pattern: /^\s*(?:import\s+)?(?:_\s+)?"crypto\/(?:md5|sha1|des|rc4)"/,
    unless: harmless,
    says: 'brings in a broken hash or cipher',
    severity: 'note',
    instead: /"crypto\/(?:sha256|sha512|aes)"/,
  },
  {
    languages: 'any',
    pattern:
      /\b(?:modulusLength|key_?size|bits)\s*[:=]\s*(?:512|768|1024)\b|\bgenerate_private_key\([^)]*\b(?:512|768|1024)\b|\b(?:RSA|DSA)\.generate\(\s*(?:bits\s*=\s*)?(?:512|768|1024)\b|\brsa\.GenerateKey\([^,]*,\s*(?:512|768|1024)\b|OpenSSL::PKey::(?:RSA|DSA)\.(?:new|generate)\s*\(?\s*(?:512|768|1024)\b|\bnew\s+RSACryptoServiceProvider\(\s*(?:512|768|1024)\b|\bRSA\.Create\(\s*(?:512|768|1024)\b/,
    says: 'makes a key that is too short',
    severity: 'warn',
  },
  {
    languages: jvm,
    pattern: /\.init(?:ialize)?\(\s*(?:512|768|1024)\b/,
    near: /RSA|DSA|KeyPairGenerator/,
    reach: 4,
    says: 'makes a key that is too short',
    severity: 'warn',
  },
  {
    languages: 'any',
    pattern:
      /\b(?:iv|IV|nonce)\b\s*(?::=|[:=])\s*(?:b?["'][^"'\s]{8,}["']|Buffer\.(?:alloc\(\s*\d+\s*\)|from\(\s*["'])|bytes\(\s*\d+\s*\)|b?["']\\x00|new\s+byte\[\d*\]\s*\{)/,
    near: /cipher|aes|encrypt/i,
    reach: 6,
    says: 'encrypts with the same start value each time',
    severity: 'note',
  },
  {
    languages: jvm,
    pattern:
      /\bnew\s+IvParameterSpec\(\s*(?:new\s+byte\[\d*\]|"[^"]*"\.getBytes|staticIv|STATIC\w*|\{)|\bbyte\[\]\s+\w*[iI][vV]\w*\s*=\s*(?:new\s+byte\[\]\s*)?\{/,
    says: 'encrypts with the same start value each time',
    severity: 'note',
  },
  {
    languages: 'any',
    pattern: /argon2(?:i|d)\b|\bargon2\.(?:argon2)?[id]\b(?!d)/,
    near: /type\s*:/,
    reach: 1,
    says: 'hashes passwords by a weaker form of Argon2',
    severity: 'note',
  },
];
