import type { Guard } from '../guard.ts';

const django = (fields: readonly string[], meta = ''): string =>
  `from django.db import models\n\n\nclass Order(models.Model):\n${fields.map((field) => `    ${field} = models.CharField(max_length=20)\n`).join('')}${meta}`;
const prisma = (fields: readonly string[]): string =>
  `model Order {\n  id Int @id\n${fields.map((field) => `  ${field}\n`).join('')}}\n`;
const used = {
  'shop/migrations/__init__.py': '',
  'prisma/migrations/migration_lock.toml': 'provider = "postgresql"\n',
};

/** What the guard on missing migrations catches and passes. */
export const missingExamples: Pick<Guard, 'caught' | 'passed'> = {
  caught: [
    {
      name: 'Django gets a field and no migration',
      before: { ...used, 'shop/models.py': django(['name']) },
      after: { ...used, 'shop/models.py': django(['name', 'region']) },
    },
    {
      name: 'Django loses a field and no migration says so',
      before: { ...used, 'shop/models/order.py': django(['name', 'region']) },
      after: { ...used, 'shop/models/order.py': django(['name']) },
    },
    {
      name: 'Prisma gets a field and no migration',
      before: { ...used, 'prisma/schema.prisma': prisma(['name String']) },
      after: { ...used, 'prisma/schema.prisma': prisma(['name String', 'region String?']) },
    },
  ],
  passed: [
    {
      name: 'the migration comes along',
      before: { ...used, 'shop/models.py': django(['name']) },
      after: {
        ...used,
        'shop/models.py': django(['name', 'region']),
        'shop/migrations/0002_region.py': 'operations = []\n',
      },
    },
    {
      name: 'the app has no migrations',
      before: { 'shop/models.py': django(['name']) },
      after: { 'shop/models.py': django(['name', 'region']) },
    },
    {
      name: 'only how a field is written changes',
      before: { ...used, 'shop/models.py': django(['name']) },
      after: {
        ...used,
        'shop/models.py': `${django(['name'])}\n    def label(self):\n        return self.name\n`,
      },
    },
    {
      name: 'the model is abstract',
      before: {
        ...used,
        'shop/models.py': django(['name'], '\n    class Meta:\n        abstract = True\n'),
      },
      after: {
        ...used,
        'shop/models.py': django(
          ['name', 'region'],
          '\n    class Meta:\n        abstract = True\n',
        ),
      },
    },
    {
      name: 'Prisma gets a relation, which has no column',
      before: { ...used, 'prisma/schema.prisma': prisma(['userId Int']) },
      after: {
        ...used,
        'prisma/schema.prisma': prisma([
          'userId Int',
          'user User @relation(fields: [userId], references: [id])',
        ]),
      },
    },
    {
      name: 'models of a test',
      before: { ...used, 'tests/shop/models.py': django(['name']) },
      after: { ...used, 'tests/shop/models.py': django(['name', 'region']) },
    },
  ],
};
