import type { Element } from './liquibase-changes.ts';

interface Open {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly line: number;
  readonly from: number;
  readonly children: Element[];
}

/** More tags than these in one change log are not read. */
const mostTags = 20_000;
const tag =
  /<!--[\s\S]*?-->|<!\[CDATA\[[\s\S]*?\]\]>|<(\/?)([\w:.-]+)((?:[^<>"']|"[^"]*"|'[^']*')*?)(\/?)>/g;
const attribute = /([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;

/** Reads the elements of an XML text; what does not close is closed at the end. */
export function readXml(text: string): readonly Element[] {
  const top: Open = { name: '', attributes: new Map(), line: 1, from: 0, children: [] };
  const stack: Open[] = [top];
  let line = 1;
  let counted = 0;
  for (const [index, match] of [...text.slice(0, 500_000).matchAll(tag)].entries()) {
    if (index > mostTags) break;
    const [whole, slash, name, said = '', selfClosed] = match;
    for (; counted < match.index; counted += 1) if (text[counted] === '\n') line += 1;
    if (name === undefined) continue;
    const lastLine = line + whole.split('\n').length - 1;
    if (slash === '/') {
      close(stack, { name: localName(name), endLine: lastLine, to: match.index, text });
      continue;
    }
    stack.push({
      name: localName(name),
      attributes: attributesOf(said),
      line,
      from: match.index + whole.length,
      children: [],
    });
    if (selfClosed === '/')
      close(stack, {
        name: localName(name),
        endLine: lastLine,
        to: match.index + whole.length,
        text,
      });
  }
  return top.children;
}

interface Closing {
  readonly name: string;
  readonly endLine: number;
  readonly to: number;
  readonly text: string;
}

function close(stack: Open[], { name, endLine, to, text }: Closing): void {
  if (stack.at(-1)?.name !== name || stack.length < 2) return;
  const open = stack.pop();
  if (open === undefined) return;
  const inner = open.children.length > 0 ? '' : text.slice(open.from, to);
  const said = inner.replace(/^\s*<!\[CDATA\[|\]\]>\s*$/g, '');
  stack.at(-1)?.children.push({ ...open, endLine, text: said });
}

function attributesOf(said: string): ReadonlyMap<string, string> {
  return new Map(
    [...said.matchAll(attribute)].map(([, name = '', double, single]) => [
      name,
      double ?? single ?? '',
    ]),
  );
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}
