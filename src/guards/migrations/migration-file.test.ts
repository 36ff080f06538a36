import { expect, test } from 'vitest';
import { migrationName } from './migration-file.ts';

test.each([
  ['db/migrations/0007_orders.sql', '0007'],
  ['db/migration/V1_2__orders.sql', 'V1_2'],
  ['db/migrate/20250101120000_orders.rb', '20250101120000'],
  ['prisma/migrations/20250101120000_orders/migration.sql', '20250101120000_orders'],
  ['database/migrations/2025_01_01_120000_orders.php', '2025_01_01_120000'],
  ['util/Migrator/DbScripts/2026-07-31_01_Orders.sql', '2026-07-31_01'],
  ['src/migrations/Migration20250101120000.ts', 'Migration20250101120000'],
  ['alembic/versions/ab12_orders.py', 'ab12_orders.py'],
])('%s has the version %s', (path, version) => {
  expect(migrationName(path)?.version).toBe(version);
});

test.each([
  'db/migrations/0007_orders.down.sql',
  'db/migration/R__report.sql',
  'db/migrations/run.ts',
  'test/migrations/0007_orders.sql',
  'docs/0007_orders.sql',
  'Data/Migrations/20250101120000_X.Designer.cs',
])('%s is no migration that runs once', (path) => {
  expect(migrationName(path)).toBeNull();
});
