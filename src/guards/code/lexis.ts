import type { Language } from '../guard.ts';

/** How a language writes one kind of string. */
export interface Quote {
  /** What opens it; tried at the place itself, so it is sticky. */
  readonly open: RegExp;
  readonly close: string;
  /** A backslash takes the next character with it. */
  readonly escapes: boolean;
  readonly spansLines: boolean;
  /** How an expression stands inside: `${x}`, `#{x}`, `{x}`, or `$x` and `{$x}`. */
  readonly hole?: '${' | '#{' | '{' | '$';
}

/** How a language writes comments and strings; all that is needed to tell code from text. */
export interface Lexis {
  readonly lineComments: readonly string[];
  readonly blockComments: readonly (readonly [string, string])[];
  /** Tried in order: longer openers first. */
  readonly quotes: readonly Quote[];
  /** `/pattern/` where an expression may stand. */
  readonly regexLiterals?: boolean;
  /** `<<~SQL` and `<<<SQL`: text from the next line to the line that says the word. */
  readonly heredocs?: RegExp;
  readonly heredocHole?: '#{' | '$';
}

const line = { escapes: true, spansLines: false };
const raw = { escapes: false, spansLines: true };
const cComments = {
  lineComments: ['//'],
  blockComments: [['/*', '*/']] as const,
};
const plain: readonly Quote[] = [
  { open: /"/y, close: '"', ...line },
  { open: /'/y, close: "'", ...line },
];

const script: Lexis = {
  ...cComments,
  quotes: [...plain, { open: /`/y, close: '`', escapes: true, spansLines: true, hole: '${' }],
  regexLiterals: true,
};

function pythonQuotes(prefix: string, hole: '{' | null): readonly Quote[] {
  return ['"""', "'''", '"', "'"].map((mark) => ({
    open: new RegExp(prefix + mark, 'y'),
    close: mark,
    escapes: true,
    spansLines: mark.length === 3,
    ...(hole === null ? {} : { hole }),
  }));
}

const python: Lexis = {
  lineComments: ['#'],
  blockComments: [],
  quotes: [
    ...pythonQuotes('(?<![\\w])(?:[fF][rR]?|[rR][fF])', '{'),
    ...pythonQuotes('(?:(?<![\\w])[rRbBuU]{1,2})?', null),
  ],
};

const go: Lexis = { ...cComments, quotes: [...plain, { open: /`/y, close: '`', ...raw }] };
const java: Lexis = {
  ...cComments,
  quotes: [{ open: /"""/y, close: '"""', escapes: true, spansLines: true }, ...plain],
};
const kotlin: Lexis = {
  ...cComments,
  quotes: [
    { open: /"""/y, close: '"""', ...raw, hole: '$' },
    { open: /"/y, close: '"', ...line, hole: '$' },
    { open: /'/y, close: "'", ...line },
  ],
};
const ruby: Lexis = {
  lineComments: ['#'],
  blockComments: [['\n=begin', '\n=end']],
  quotes: [
    { open: /"/y, close: '"', escapes: true, spansLines: true, hole: '#{' },
    { open: /`/y, close: '`', escapes: true, spansLines: true, hole: '#{' },
    { open: /%[xQW]?\{/y, close: '}', escapes: true, spansLines: true, hole: '#{' },
    { open: /%[xQW]?\((?!\s)/y, close: ')', escapes: true, spansLines: true, hole: '#{' },
    { open: /'/y, close: "'", ...line },
  ],
  regexLiterals: true,
  heredocs: /<<[~-](['"`]?)([A-Z_]\w*)\1/y,
  heredocHole: '#{',
};
const php: Lexis = {
  lineComments: ['//', '#'],
  blockComments: [['/*', '*/']],
  quotes: [
    { open: /"/y, close: '"', escapes: true, spansLines: true, hole: '$' },
    { open: /`/y, close: '`', escapes: true, spansLines: true, hole: '$' },
    { open: /'/y, close: "'", escapes: true, spansLines: true },
  ],
  heredocs: /<<<[ \t]*(["']?)([A-Za-z_]\w*)\1/y,
  heredocHole: '$',
};
const csharp: Lexis = {
  ...cComments,
  quotes: [
    { open: /\$+"""/y, close: '"""', ...raw, hole: '{' },
    { open: /"""/y, close: '"""', ...raw },
    { open: /(?:\$@|@\$)"/y, close: '"', ...raw, hole: '{' },
    { open: /\$"/y, close: '"', ...line, hole: '{' },
    { open: /@"/y, close: '"', ...raw },
    ...plain,
  ],
};
const rust: Lexis = {
  ...cComments,
  quotes: [
    { open: /\bb?r#+"/y, close: '"#', ...raw },
    { open: /"/y, close: '"', escapes: true, spansLines: true },
  ],
};

const table: Readonly<Partial<Record<Language, Lexis>>> = {
  typescript: script,
  tsx: script,
  javascript: script,
  python,
  go,
  java,
  kotlin,
  ruby,
  php,
  csharp,
  rust,
};

/** Languages whose comments and strings we can tell from code. */
export const writtenLanguages: readonly Language[] = [
  'typescript',
  'tsx',
  'javascript',
  'python',
  'go',
  'java',
  'kotlin',
  'ruby',
  'php',
  'csharp',
  'rust',
];

/** The row of a language; null for those we do not read this way. */
export function lexisOf(language: Language): Lexis | null {
  return table[language] ?? null;
}
