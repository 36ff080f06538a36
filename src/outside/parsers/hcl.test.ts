import { parse } from '@cdktf/hcl2json';
import { fc, test as prop } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import type { HclBlock } from '../../guards/guard.ts';
import { readHcl } from './hcl.ts';

const text = `# a module
variable "size" {
  type    = number
  default = 20 # gigabytes
}

resource "aws_db_instance" "main" {
  identifier = "shop-\${var.env["x"]}-{"
  storage    = var.size > 10 ? var.size : 10
  tags = {
    Name = "a}", /* } */
    b    = "c"
  }
  deletion_protection = true // stays
  lifecycle { prevent_destroy = true }
  policy = <<-EOF
    { "a": "}" }
    EOF
}
`;

describe('Terraform files', () => {
  test('are read with the place of each block and attribute', () => {
    const [, database] = readHcl(text) ?? [];
    expect(database).toMatchObject({
      type: 'resource',
      labels: ['aws_db_instance', 'main'],
      line: 7,
      endLine: 19,
    });
    expect(
      database?.attributes.map(({ name, line, value, literal }) => [
        name,
        line,
        literal ? value : '…',
      ]),
    ).toEqual([
      ['identifier', 8, '…'],
      ['storage', 9, '…'],
      ['tags', 10, '…'],
      ['deletion_protection', 14, true],
      ['policy', 16, '…'],
    ]);
    expect(database?.blocks[0]).toMatchObject({ type: 'lifecycle', line: 15, endLine: 15 });
  });

  test('hold what HashiCorp’s own parser finds in them', async () => {
    const theirs = (await parse('main.tf', text)) as {
      resource: Record<string, Record<string, object[]>>;
    };
    const theirNames = Object.keys(theirs.resource['aws_db_instance']?.['main']?.[0] ?? {}).sort();
    expect(namesIn(readHcl(text)?.[1])).toEqual(theirNames);
  });

  test('may hold values alone', () => {
    expect(
      readHcl('a = 1\nb = "x"\n')?.[0]?.attributes.map(({ name, value }) => [name, value]),
    ).toEqual([
      ['a', 1],
      ['b', 'x'],
    ]);
  });

  test.each([
    ['resource "a" "b" {'],
    ['a = "x'],
    ['a = <<EOF\nx\n'],
    ['}'],
    ['a = [1'],
    ['= 1'],
    ['a {'.repeat(100)],
  ])('are given up when nothing closes: %j', (broken) => {
    expect(readHcl(broken)).toBeNull();
  });

  const scrap = fc.constantFrom(
    'a',
    ' = ',
    '"',
    '${',
    '}',
    '{',
    '\n',
    '<<E\n',
    'E\n',
    '#',
    '/*',
    '*/',
    '[',
    ']',
    '1',
    ' ',
    ',',
    '\\',
  );
  prop.prop([fc.array(scrap, { maxLength: 80 })])('never throw, whatever they hold', (scraps) => {
    expect(() => readHcl(scraps.join(''))).not.toThrow();
  });
});

function namesIn(block: HclBlock | undefined): readonly string[] {
  return [...(block?.attributes ?? []), ...(block?.blocks ?? [])]
    .map((one) => ('name' in one ? one.name : one.type))
    .sort();
}
