import type { Guard } from '../guard.ts';

const compose =
  'services:\n  web:\n    environment:\n      DATABASE_URL: db\n      MAIL_HOST: mail\n';
const code = 'connect(process.env.DATABASE_URL);\nsend(process.env.MAIL_HOST);\n';
const less = compose.replace('      MAIL_HOST: mail\n', '');

/** Cases of `config/variable-removed`. */
export const variableRemovedExamples: Pick<Guard, 'caught' | 'passed'> = {
  caught: [
    {
      name: 'Compose sets it no more',
      before: { 'docker-compose.yml': compose, 'src/mail.ts': code },
      after: { 'docker-compose.yml': less, 'src/mail.ts': code },
    },
    {
      name: 'an entry of a deployment is gone',
      before: {
        'k8s/web.yaml':
          'env:\n  - name: MAIL_HOST\n    value: mail\n  - name: PORT\n    value: "80"\n',
        'app/mail.py': 'host = os.environ["MAIL_HOST"]\n',
      },
      after: {
        'k8s/web.yaml': 'env:\n  - name: PORT\n    value: "80"\n',
        'app/mail.py': 'host = os.environ["MAIL_HOST"]\n',
      },
    },
    {
      name: 'the list of variables names it no more',
      before: {
        '.env.example': 'A_URL=\nMAIL_HOST=\n',
        'mail.go': 'var h = os.Getenv("MAIL_HOST")\n',
      },
      after: { '.env.example': 'A_URL=\n', 'mail.go': 'var h = os.Getenv("MAIL_HOST")\n' },
    },
  ],
  passed: [
    {
      name: 'the code reads it no more',
      before: { 'docker-compose.yml': compose, 'src/mail.ts': code },
      after: { 'docker-compose.yml': less, 'src/mail.ts': 'connect(process.env.DATABASE_URL);\n' },
    },
    {
      name: 'another file sets it now',
      before: { 'docker-compose.yml': compose, 'src/mail.ts': code },
      after: {
        'docker-compose.yml': less,
        '.env.production': 'MAIL_HOST=mail\n',
        'src/mail.ts': code,
      },
    },
    {
      name: 'it only changes its value',
      before: { 'docker-compose.yml': compose, 'src/mail.ts': code },
      after: { 'docker-compose.yml': compose.replace('mail\n', 'mx\n'), 'src/mail.ts': code },
    },
    {
      name: 'the code has a default for it',
      before: {
        'docker-compose.yml': compose,
        'src/mail.ts': "send(process.env.MAIL_HOST ?? 'localhost');\n",
      },
      after: {
        'docker-compose.yml': less,
        'src/mail.ts': "send(process.env.MAIL_HOST ?? 'localhost');\n",
      },
    },
    {
      name: 'only a test reads it',
      before: { 'docker-compose.yml': compose, 'test/mail.test.ts': code },
      after: { 'docker-compose.yml': less, 'test/mail.test.ts': code },
    },
  ],
};
