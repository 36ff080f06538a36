import type { Guard } from '../guard.ts';

const django = (action: string): string =>
  `class Order(models.Model):\n    user = models.ForeignKey(\n        User,\n        on_delete=models.${action},\n        related_name='orders',\n    )\n`;

/** What the guard on cascading deletes catches and passes. */
export const cascadeExamples: Pick<Guard, 'caught' | 'passed'> = {
  caught: [
    {
      name: 'a foreign key is replaced by one that cascades',
      after: {
        'migrations/0003_x.sql':
          'ALTER TABLE orders DROP CONSTRAINT orders_user_fk;\nALTER TABLE orders ADD CONSTRAINT orders_user_fk FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE;\n',
      },
    },
    {
      name: 'a relation of Django turns from PROTECT to CASCADE',
      before: { 'shop/models.py': django('PROTECT') },
      after: { 'shop/models.py': django('CASCADE') },
    },
    {
      name: 'a relation of Rails destroys its rows from now on',
      before: { 'app/models/user.rb': 'class User < ApplicationRecord\n  has_many :orders\nend\n' },
      after: {
        'app/models/user.rb':
          'class User < ApplicationRecord\n  has_many :orders, dependent: :destroy\nend\n',
      },
    },
    {
      name: 'a relation of Prisma cascades from now on',
      before: {
        'prisma/schema.prisma':
          'model Order {\n  id   Int  @id\n  user User @relation(fields: [userId], references: [id])\n}\n',
      },
      after: {
        'prisma/schema.prisma':
          'model Order {\n  id   Int  @id\n  user User @relation(fields: [userId], references: [id], onDelete: Cascade)\n}\n',
      },
    },
    {
      name: 'EF Core replaces a foreign key that restricted',
      after: {
        'Data/Migrations/20250101000000_X.cs':
          'public partial class X : Migration\n{\n    protected override void Up(MigrationBuilder migrationBuilder)\n    {\n        migrationBuilder.DropForeignKey(name: "FK_Orders_Users", table: "Orders");\n        migrationBuilder.AddForeignKey(\n            name: "FK_Orders_Users",\n            table: "Orders",\n            column: "UserId",\n            principalTable: "Users",\n            onDelete: ReferentialAction.Cascade);\n    }\n}\n',
      },
    },
  ],
  passed: [
    {
      name: 'the relation is new',
      before: { 'app/models/user.rb': 'class User < ApplicationRecord\nend\n' },
      after: {
        'app/models/user.rb':
          'class User < ApplicationRecord\n  has_many :orders, dependent: :destroy\nend\n',
      },
    },
    {
      name: 'a new column refers to another table',
      after: {
        'migrations/0003_x.sql':
          'ALTER TABLE orders ADD COLUMN user_id int;\nALTER TABLE orders ADD CONSTRAINT fk FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE;\n',
      },
    },
    {
      name: 'the relation is written anew and cascaded before',
      before: { 'shop/models.py': django('CASCADE') },
      after: { 'shop/models.py': django('CASCADE').replace('orders', 'all_orders') },
    },
    {
      name: 'the cascade goes',
      before: { 'shop/models.py': django('CASCADE') },
      after: { 'shop/models.py': django('SET_NULL') },
    },
    {
      name: 'the constraint cascaded before, as taking the migration back tells',
      after: {
        'src/migrations/1700000000000-X.ts':
          'export class X {\n  async up(q) {\n    await q.query(`ALTER TABLE "orders" DROP CONSTRAINT "FK_1"`);\n    await q.query(`ALTER TABLE "orders" ADD CONSTRAINT "FK_1" FOREIGN KEY ("u") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE`);\n  }\n  async down(q) {\n    await q.query(`ALTER TABLE "orders" ADD CONSTRAINT "FK_1" FOREIGN KEY ("u") REFERENCES "users"("id") ON DELETE CASCADE`);\n  }\n}\n',
      },
    },
  ],
};
