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
/** Longer texts are cut off. */
const longest = 300_000;
// Bounded inside, so that tags and quotes that never close cost little.
const tag =
  /<!\[CDATA\[[\s\S]{0,20000}?\]\]>|<(\/?)([\w:.-]{1,100})((?:[^<>"']|"[^"]{0,4000}"|'[^']{0,4000}'){0,1500}?)(\/?)>/g;
const attribute = /([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;

/** Reads the elements of an XML text; what does not close is closed at the end. */
export function readXml(whole: string): readonly Element[] {
  const text = withoutXmlComments(whole.slice(0, longest));
  const top: Open = { name: '', attributes: new Map(), line: 1, from: 0, children: [] };
  const stack: Open[] = [top];
  let line = 1;
  let counted = 0;
  for (const [index, match] of [...text.matchAll(tag)].entries()) {
    if (index > mostTags) break;
    const [said, slash, name, attributes = '', selfClosed] = match;
    for (; counted < match.index; counted += 1) if (text[counted] === '\n') line += 1;
    if (name === undefined) continue;
    const lastLine = line + said.split('\n').length - 1;
    if (slash === '/') {
      close(stack, { name: localName(name), endLine: lastLine, to: match.index, text });
      continue;
    }
    stack.push({
      name: localName(name),
      attributes: attributesOf(attributes),
      line,
      from: match.index + said.length,
      children: [],
    });
    if (selfClosed === '/')
      close(stack, {
        name: localName(name),
        endLine: lastLine,
        to: match.index + said.length,
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

// Lines stay where they are.
function withoutXmlComments(text: string): string {
  const parts: string[] = [];
  let at = 0;
  for (let open = text.indexOf('<!--'); open >= 0; open = text.indexOf('<!--', at)) {
    const close = text.indexOf('-->', open);
    const end = close < 0 ? text.length : close + 3;
    parts.push(text.slice(at, open), text.slice(open, end).replace(/[^\n]/g, ' '));
    at = end;
  }
  return parts.join('') + text.slice(at);
}
