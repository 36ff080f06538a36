import type { Example } from '../guard.ts';
import { turns } from './told.ts';

/** The filter by customer goes, the query stays. */
export const caught: readonly Example[] = [
  turns('Prisma loses its organization', 'src/orders.ts', [
    'export async function listOrders(ctx: Context) {\n  const page = ctx.page;\n  return prisma.order.findMany({\n    where: {\n      organizationId: ctx.organizationId,\n      status: "open",\n    },\n    skip: page,\n  });\n}\n',
    'export async function listOrders(ctx: Context) {\n  const page = ctx.page;\n  return prisma.order.findMany({\n    where: {\n      status: "open",\n    },\n    skip: page,\n  });\n}\n',
  ]),
  turns('Django asks for all', 'shop/views.py', [
    'def orders(request):\n    page = request.GET["page"]\n    found = Order.objects.filter(tenant=request.tenant, status="open")\n    return render(request, "orders.html", {"orders": found, "page": page})\n',
    'def orders(request):\n    page = request.GET["page"]\n    found = Order.objects.filter(status="open")\n    return render(request, "orders.html", {"orders": found, "page": page})\n',
  ]),
  turns('SQL in Go loses a condition', 'server/orders.go', [
    'package server\n\nfunc (s *Store) Orders(ctx context.Context, tenantID, status string) (*sql.Rows, error) {\n\treturn s.db.QueryContext(ctx, `SELECT id FROM orders\n\t\tWHERE status = $1\n\t\tAND tenant_id = $2`,\n\t\tstatus)\n}\n',
    'package server\n\nfunc (s *Store) Orders(ctx context.Context, tenantID, status string) (*sql.Rows, error) {\n\treturn s.db.QueryContext(ctx, `SELECT id FROM orders\n\t\tWHERE status = $1`,\n\t\tstatus)\n}\n',
  ]),
];

/** It moved, changed its form, or was none. */
export const passed: readonly Example[] = [
  turns('another name for the same filter', 'shop/views.py', [
    'def orders(request):\n    page = 1\n    found = Order.objects.filter(tenant=request.tenant)\n    return found, page\n',
    'def orders(request):\n    page = 1\n    found = Order.objects.filter(tenant_id=request.tenant.pk)\n    return found, page\n',
  ]),
  turns('the filter moves into a helper', 'src/orders.ts', [
    'export async function listOrders(ctx: Context) {\n  const page = ctx.page;\n  return prisma.order.findMany({\n    where: { organizationId: ctx.organizationId },\n    skip: page,\n  });\n}\n',
    'export async function listOrders(ctx: Context) {\n  const page = ctx.page;\n  return prisma.order.findMany({\n    where: ofOrganization(ctx),\n    skip: page,\n  });\n}\n',
  ]),
  turns('the query goes', 'shop/views.py', [
    'def orders(request):\n    found = Order.objects.filter(tenant=request.tenant)\n    return found\n',
    'def orders(request):\n    return []\n',
  ]),
  turns('an insert loses a column', 'src/orders.ts', [
    'export function add(ctx: Context) {\n  const at = ctx.now;\n  log({ organizationId: ctx.organizationId, at });\n  return at;\n}\n',
    'export function add(ctx: Context) {\n  const at = ctx.now;\n  log({ at });\n  return at;\n}\n',
  ]),
];
