import type { Fault } from '../code/faults.ts';
import { flowsOf } from '../code/flows.ts';
import type { Sink } from '../code/flows.ts';
import { writtenLanguages } from '../code/lexis.ts';
import { guard } from '../guard.ts';
import type { Guard } from '../guard.ts';
import { faultSightings, flowSighting, productionFiles } from './sightings.ts';
import { comes, turns } from './told.ts';

const everything =
  /\b(?:req|request|ctx\.request)\.body\s*(?=[,)}]|$)|\brequest\.(?:all\(\)|data\b|POST\b(?!\[|\.)|json\b(?!\[|\.))|\$request->(?:all\(\)|input\(\s*\)|post\(\s*\))|\bparams(?:\[:\w+\])?\s*$|\$_(?:POST|REQUEST)\s*(?=[,)]|$)|\bparams\b/;

const sinks: readonly Sink[] = [
  {
    languages: ['typescript', 'tsx', 'javascript'],
    callee:
      /\bObject\.assign(?=\s*\()|\b_\.(?:merge|extend|assign)(?=\s*\()|\.findByIdAndUpdate(?=\s*\()/,
    places: [1],
    fits: everything,
  },
  {
    languages: ['typescript', 'tsx', 'javascript'],
    callee:
      /(?<![\w$.])[A-Z]\w{1,40}\.(?:create|build|insertMany|insert)(?=\s*\()|\bnew\s+(?:[A-Z]\w*)(?=\s*\(\s*req\.body\s*\))/,
    fits: /^\s*(?:\{\s*\.\.\.)?\s*(?:req|request|ctx\.request)\.body\s*\}?\s*$/,
  },
  {
    languages: ['php'],
    callee:
      /(?<![\w:])\w+::(?:create|forceCreate|insert|update|updateOrCreate)(?=\s*\()|->(?:fill|forceFill|update)(?=\s*\()/,
    fits: /\$request->(?:all\(\)|input\(\s*\)|post\(\s*\))|\$_(?:POST|REQUEST)\s*$|\brequest\(\)->all\(\)/,
  },
  {
    languages: ['ruby'],
    callee:
      /(?<![\w.])[A-Z]\w{1,40}\.(?:new|create!?|build|update!?|insert|upsert|assign_attributes)(?=\s*\(| \w)|\.(?:update!?|assign_attributes|update_attributes!?)(?=\s*\(| \w)/,
    fits: /^\s*params(?:\[:?\w+\]|\[["']\w+["']\])?\s*$|\bto_unsafe_h\b|params\.permit!/,
    unless: /\.permit\(|_params\b/,
  },
];

const faults: readonly Fault[] = [
  {
    languages: ['ruby'],
    pattern:
      /\.permit!|\bwithout_protection\s*(?::|=>)\s*true|\bwhitelist_attributes\s*=\s*false|\battr_accessible\s*=?\s*nil|\.to_unsafe_h\b|\.permit\([^)]*:(?:admin|role|is_admin|account_id|superuser|banned|user_id)\b/,
    says: 'lets a request set any attribute',
    severity: 'warn',
  },
  {
    languages: ['python'],
    pattern: /\bfields\s*=\s*["']__all__["']/,
    near: /class\s+Meta|ModelForm|Serializer/,
    reach: 5,
    says: 'takes every field of the model, also those added later',
    severity: 'note',
  },
  {
    languages: ['python'],
    pattern:
      /(?<![\w.])[A-Z]\w{1,40}(?:\.objects\.(?:create|update|filter))?\(\s*\*\*(?:request\.(?:json|form|data|get_json\(\)|POST|GET)|self\.request\.data)/,
    says: 'lets a request set any field',
    severity: 'warn',
  },
  {
    languages: ['python'],
    pattern: /\.(?:update|create)\(\s*\*\*request\.(?:POST|GET|json|form|data)/,
    says: 'lets a request set any field',
    severity: 'warn',
  },
  {
    languages: ['php'],
    pattern: /\$guarded\s*=\s*(?:\[\s*\]|array\(\s*\))|\bModel::unguard\(\)/,
    says: 'lets a request set any field of the model',
    severity: 'warn',
  },
  {
    languages: ['java', 'kotlin'],
    pattern: /\bsetAllowedFields\(\s*"\*"/,
    says: 'lets a request set any field',
    severity: 'warn',
  },
];

/** A request may set fields that nobody meant to open. */
export const massAssignment: Guard = guard({
  id: 'security/mass-assignment',
  severity: 'warn',
  protects: 'fields that people may not set themselves, such as a role or a price',
  breaks: 'Somebody adds a field such as role or owner to their request and it is stored.',
  fix: 'Name the fields that a request may set.',
  languages: writtenLanguages,
  cwe: [915],
  confidence: 0.75,
  caught: [
    turns('permit becomes permit!', 'app/controllers/users_controller.rb', [
      'def user_params\n  params.require(:user).permit(:name, :email)\nend\n',
      'def user_params\n  params.require(:user).permit!\nend\n',
    ]),
    comes(
      'Object.assign of a body',
      'src/api/users.ts',
      "app.put('/users/:id', async (req, res) => {\n  Object.assign(user, req.body);\n  await user.save();\n});\n",
    ),
    turns('a serializer takes every field', 'shop/api.py', [
      'class UserSerializer(ModelSerializer):\n    class Meta:\n        model = User\n        fields = ["name", "email"]\n',
      'class UserSerializer(ModelSerializer):\n    class Meta:\n        model = User\n        fields = "__all__"\n',
    ]),
    comes(
      'Laravel creates from everything',
      'app/UserController.php',
      '<?php\nclass UserController {\n  function store(Request $request) {\n    return User::create($request->all());\n  }\n}\n',
    ),
  ],
  passed: [
    comes(
      'named fields',
      'src/api/users.ts',
      "app.put('/users/:id', async (req, res) => {\n  const { name, email } = req.body;\n  Object.assign(user, { name, email });\n});\n",
    ),
    comes(
      'parsed by a schema',
      'src/api/users.ts',
      "app.put('/users/:id', async (req, res) => {\n  Object.assign(user, schema.parse(req.body));\n});\n",
    ),
    comes(
      'strong parameters',
      'app/controllers/users_controller.rb',
      'def create\n  User.create(user_params)\nend\n',
    ),
    turns('the list of fields grows', 'shop/api.py', [
      'class Meta:\n    fields = ["name"]\n',
      'class Meta:\n    fields = ["name", "email"]\n',
    ]),
  ],
  look: (scene) => [
    ...faultSightings(scene, faults),
    ...productionFiles(scene).flatMap((file) =>
      flowsOf(scene, file, sinks)
        .filter(
          ({ origin }) => origin.sent && !/\b(?:parse|validat\w*|pick|schema)\b/i.test(origin.text),
        )
        .map((flow) =>
          flowSighting(flow, `${flow.callee} takes every field that a request sends`, 'warn'),
        ),
    ),
  ],
});
