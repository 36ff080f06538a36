import { exampleOf } from '../code/example-of.ts';
import type { Example } from '../guard.ts';

const real =
  'export async function sendReceipt(order: Order) {\n  const text = render(order);\n  const mail = await client.messages.create({ to: order.email, text });\n  await orders.update(order.id, { receipt: mail.id });\n  return { success: true, id: mail.id };\n}\n';

export const caught: readonly Example[] = [
  exampleOf('a payment that is only simulated', 'src/pay.ts', [
    'export const a = 1;\n',
    'export const a = 1;\n\nexport async function chargeCard(card: string, cents: number) {\n  // Simulate the payment for now\n  await new Promise((resolve) => setTimeout(resolve, 500));\n  return { success: true, id: `ch_${Date.now()}` };\n}\n',
  ]),
  exampleOf('mail that is no longer sent', 'src/mail.ts', [
    real,
    "export async function sendReceipt(order: Order) {\n  console.log('sending', order.id);\n  await sleep(100);\n  return { success: true, id: 'x' };\n}\n",
  ]),
  exampleOf('a check that says yes', 'app/auth.py', [
    'import jwt\n\n\ndef verify_token(token):\n    return jwt.decode(token, KEY) is not None\n',
    'import jwt\n\n\ndef verify_token(token):\n    return True\n',
  ]),
  exampleOf('a Python upload that only prints', 'app/upload.py', [
    'x = 1\n',
    'x = 1\n\n\ndef upload_file(path):\n    # In production this would use S3\n    print(f"Uploading {path}")\n    return {"status": "success"}\n',
  ]),
  exampleOf('a Go check that says yes', 'auth/auth.go', [
    'package auth\n',
    'package auth\n\nfunc ValidateToken(token string) bool {\n\treturn true\n}\n',
  ]),
  exampleOf('a Java transfer that only waits', 'src/main/java/Bank.java', [
    'class Bank {\n}\n',
    'class Bank {\n  boolean transferFunds(Account a, long cents) throws Exception {\n    // Simulated transfer\n    Thread.sleep(100);\n    return true;\n  }\n}\n',
  ]),
];

export const passed: readonly Example[] = [
  exampleOf('work that is done', 'src/mail.ts', [
    real,
    real.replace('success: true', 'success: true, sent: true'),
  ]),
  exampleOf('an adapter that does nothing on purpose', 'src/mail.ts', [
    'export const a = 1;\n',
    'export class NoopMailer {\n  async sendMail(to: string) {\n    return { success: true };\n  }\n}\nexport class FakePayments {\n  async charge(cents: number) {\n    // Simulated\n    return { success: true };\n  }\n}\n',
  ]),
  exampleOf('a simulator', 'src/simulator/pay.ts', [
    'export const a = 1;\n',
    'export function chargeCard(cents: number) {\n  // Simulate the payment\n  return { success: true };\n}\n',
  ]),
  exampleOf('a function that looks', 'app/forms.py', [
    'x = 1\n',
    'x = 1\n\n\ndef validate_name(name):\n    if not name:\n        return False\n    return True\n\n\ndef is_valid(self):\n    return True\n',
  ]),
  exampleOf('a component with a button', 'src/Pay.tsx', [
    'export const a = 1;\n',
    'export function SendButton() {\n  const [sent, setSent] = useState(false);\n  return <button onClick={() => setSent(true)}>Send</button>;\n}\n',
  ]),
  exampleOf('an action of a store', 'src/store.ts', [
    'export const a = 1;\n',
    "export function fetchUsers() {\n  return { type: 'fetch', status: 'pending', ok: true };\n}\n",
  ]),
];
