import type { Example } from '../guard.ts';
import { comes, turns } from './told.ts';

/** Weaker than it was, or too weak for what it keeps. */
export const caught: readonly Example[] = [
  turns('a signature goes from SHA-256 to MD5', 'src/sign.ts', [
    "export const sign = (text: string) => createHmac('sha256', key).update(text).digest('hex');\n",
    "export const sign = (text: string) => createHmac('md5', key).update(text).digest('hex');\n",
  ]),
  comes(
    'a password is hashed by MD5',
    'shop/users.py',
    'import hashlib\n\ndef hash_password(password):\n    return hashlib.md5(password.encode()).hexdigest()\n',
  ),
  comes(
    'a token comes from Math.random',
    'src/token.ts',
    'export const resetToken = Math.random().toString(36);\n',
  ),
  turns('bcrypt gets fewer rounds', 'src/users.ts', [
    'export const hashed = await bcrypt.hash(password, 12);\n',
    'export const hashed = await bcrypt.hash(password, 4);\n',
  ]),
  comes(
    'Java encrypts by ECB',
    'src/main/java/shop/Box.java',
    'class Box {\n  Cipher c() throws Exception {\n    return Cipher.getInstance("AES/ECB/PKCS5Padding");\n  }\n}\n',
  ),
  comes(
    'Go makes a short key',
    'server/key.go',
    'package server\n\nfunc key() {\n\tk, err := rsa.GenerateKey(rand.Reader, 1024)\n}\n',
  ),
  turns('PBKDF2 gets fewer iterations', 'shop/auth.py', [
    'PBKDF2_ITERATIONS = 600_000\n',
    'PBKDF2_ITERATIONS = 1_000\n',
  ]),
];

/** Hashes that protect nothing, stronger forms, random that needs no secrecy. */
export const passed: readonly Example[] = [
  comes(
    'an ETag',
    'src/etag.ts',
    "export const etag = (body: string) => createHash('md5').update(body).digest('hex');\n",
  ),
  turns('MD5 becomes SHA-256', 'src/sign.ts', [
    "export const sign = (t: string) => createHash('md5').update(t).digest('hex');\n",
    "export const sign = (t: string) => createHash('sha256').update(t).digest('hex');\n",
  ]),
  comes('a random colour', 'src/color.ts', 'export const hue = Math.floor(Math.random() * 360);\n'),
  turns('bcrypt gets more rounds', 'src/users.ts', [
    'export const hashed = await bcrypt.hash(password, 10);\n',
    'export const hashed = await bcrypt.hash(password, 12);\n',
  ]),
  comes(
    'a cache key that says so',
    'shop/cache.py',
    'def key(text):\n    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()\n',
  ),
  comes(
    'an authenticated cipher',
    'src/box.ts',
    "export const c = createCipheriv('aes-256-gcm', key, iv);\n",
  ),
];
