import type { Guard } from '../guard.ts';

/** What the guard on emptied databases catches and passes. */
export const truncateExamples: Pick<Guard, 'caught' | 'passed'> = {
  caught: [
    {
      name: 'a helper of Ruby tests connects by DATABASE_URL and truncates',
      after: {
        'spec/spec_helper.rb':
          "ActiveRecord::Base.establish_connection(ENV['DATABASE_URL'])\n\nRSpec.configure do |config|\n  config.before(:suite) { DatabaseCleaner.clean_with(:truncation) }\nend\n",
      },
    },
    {
      name: 'the set-up of tests truncates by a variable',
      after: {
        'test/setup.ts':
          "const pool = new Pool({ connectionString: process.env.DATABASE_URL });\n\nbeforeEach(async () => {\n  await pool.query('TRUNCATE users, orders CASCADE');\n});\n",
      },
    },
    {
      name: 'a seed script empties tables first',
      after: {
        'scripts/seed.py':
          "import os\nengine = create_engine(os.environ['DATABASE_URL'])\nBase.metadata.drop_all(engine)\nBase.metadata.create_all(engine)\n",
      },
    },
    {
      name: 'a seed of Prisma deletes all rows',
      after: {
        'prisma/seed.ts':
          "const db = new PrismaClient({ datasourceUrl: process.env.DATABASE_URL });\nawait db.user.deleteMany();\nawait db.user.create({ data: { name: 'Ann' } });\n",
      },
    },
  ],
  passed: [
    {
      name: 'it refuses in production',
      after: {
        'scripts/seed.py':
          "import os\nif os.environ['APP_ENV'] != 'test':\n    raise SystemExit('tests only')\nengine = create_engine(os.environ['DATABASE_URL'])\nBase.metadata.drop_all(engine)\n",
      },
    },
    {
      name: 'only tests have the variable',
      after: {
        'test/setup.ts':
          "const pool = new Pool({ connectionString: process.env.TEST_DATABASE_URL });\nbeforeEach(() => pool.query('TRUNCATE users'));\n",
      },
    },
    {
      name: 'the database is made for the test',
      after: {
        'test/setup.ts':
          "const container = await new PostgreSqlContainer().start(); // testcontainers\nconst pool = new Pool({ connectionString: process.env.DATABASE_URL });\nbeforeEach(() => pool.query('TRUNCATE users'));\n",
      },
    },
    {
      name: 'it was so before',
      before: {
        'test/setup.ts':
          "const pool = new Pool({ connectionString: process.env.DATABASE_URL });\nbeforeEach(() => pool.query('TRUNCATE users'));\n",
      },
      after: {
        'test/setup.ts':
          "const pool = new Pool({ connectionString: process.env.DATABASE_URL });\nbeforeEach(() => pool.query('TRUNCATE users, orders'));\n",
      },
    },
    {
      name: 'a seed only adds',
      after: {
        'prisma/seed.ts':
          "const db = new PrismaClient({ datasourceUrl: process.env.DATABASE_URL });\nawait db.user.create({ data: { name: 'Ann' } });\n",
      },
    },
  ],
};
