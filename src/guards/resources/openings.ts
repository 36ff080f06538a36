import type { Language, Severity } from '../guard.ts';

/** A call that opens something which must be closed: one row, by language. */
export interface Opening {
  readonly languages: readonly Language[];
  /** The first group is the name it gets, the second the call. */
  readonly opens: RegExp;
  /** The same line in a form that closes by itself. */
  readonly but?: RegExp;
  /** In the same function; NAME stands for the name. */
  readonly closes: string;
  /** Ways to hand it to somebody who may close it. */
  readonly passes?: string;
  readonly severity: Severity;
}

const script: readonly Language[] = ['typescript', 'tsx', 'javascript'];

/** What opens, by language. */
export const openings: readonly Opening[] = [
  {
    languages: ['python'],
    opens:
      /^\s*(\w+)\s*=\s*((?:io\.|codecs\.|gzip\.|bz2\.)?open|zipfile\.ZipFile|tarfile\.open|socket\.(?:socket|create_connection)|sqlite3\.connect|psycopg2?\.connect|pymysql\.connect|mysql\.connector\.connect)\(/,
    but: /\)\s*\.(?:read|write|close)\w*\(|#\s*noqa: SIM115/,
    closes: String.raw`\bNAME\.(?:close|shutdown|detach|aclose)\(|\bwith\b[^\n:]*\bNAME\b|closing\(\s*NAME`,
    passes: String.raw`(?:stdout|stderr|stdin)=NAME\b|\bglobal\s+NAME\b`,
    severity: 'warn',
  },
  {
    languages: ['go'],
    opens:
      /^\s*(\w+)(?:,\s*\w+)?\s*:?=\s*(os\.(?:Open|Create|OpenFile|CreateTemp)|net\.(?:Dial|DialTimeout|Listen)|tls\.Dial|gzip\.NewReader|zip\.OpenReader)\(/,
    closes: String.raw`\bNAME\.(?:Close|CloseWithError)\b|(?:[cC]lose\w*|Ignore\w*)\([^\n]*\bNAME\b`,
    passes: String.raw`\b(?:New\w*|Serve\w*|Wrap\w*|With\w*|go\s+\w+)\([^\n]*\bNAME\b|(?:Std(?:out|err|in)|Output)\s*[:=]\s*NAME|SetOutput\(NAME`,
    severity: 'warn',
  },
  {
    languages: ['go'],
    opens:
      /^\s*(?:if\s+)?(\w+),\s*\w+\s*:?=\s*(http\.(?:Get|Post|Head|PostForm)|(?:\w+\.){0,5}(?:\w*[cC]lient)\.(?:Do|Get|Post|PostForm))\((?!ctx,\s*\w*(?:key|name|id|Name|Key|ID)\b)/,
    closes: String.raw`\bNAME\.Body\b[^\n]*[cC]lose|(?:[cC]lose\w*|[dD]rain\w*)\([^\n]*\bNAME\b|\bNAME\.Close\(`,
    passes: String.raw`[(,]\s*NAME\s*[,)]|NAME\.(?:Result|Items|Kind|Spec|Status|Data|Value|Err|Val)\b|\bNAME\.Body\s*[,)}]`,
    severity: 'warn',
  },
  {
    languages: ['go'],
    opens:
      /^\s*(?:if\s+)?(\w*[rR]ows\w*),\s*\w+\s*:?=\s*((?:\w+\.){0,5}(?:Query|QueryContext|Queryx|QueryxContext|NamedQuery))\(/,
    closes: String.raw`\bNAME\.Close\b|(?:[cC]lose\w*)\([^\n]*\bNAME\b`,
    passes: String.raw`[(,]\s*NAME\s*[,)]`,
    severity: 'warn',
  },
  {
    languages: ['go'],
    opens: /^\s*(\w+)\s*:?=\s*(time\.NewTicker)\(/,
    closes: String.raw`\bNAME\.Stop\b`,
    passes: String.raw`[(,]\s*NAME\s*[,)]`,
    severity: 'note',
  },
  {
    languages: ['java'],
    opens:
      /^\s*(?:final\s+)?(?:[\w<>.]+\s+)?(\w+)\s*=\s*(new\s+(?:FileInputStream|FileOutputStream|FileReader|FileWriter|RandomAccessFile|ZipFile|JarFile|Socket|ServerSocket|ZipInputStream|BufferedReader\s*\(\s*new\s+FileReader)|Files\.(?:newInputStream|newOutputStream|newBufferedReader|newBufferedWriter|lines|list|walk)|(?:\w+\.){0,5}getConnection|DriverManager\.getConnection|(?:\w+\.){0,5}prepareStatement|(?:\w+\.){0,5}createStatement)\s*\(/,
    but: /\btry\s*\(/,
    closes: String.raw`\bNAME\s*\.\s*close\s*\(|\btry\s*\([^{]*\bNAME\b|(?:close\w*|release\w*)\s*\([^;]*\bNAME\b`,
    passes: String.raw`new\s+\w+\s*\([^;]*\bNAME\b|disconnect\(`,
    severity: 'warn',
  },
  {
    languages: ['csharp'],
    opens:
      /^\s*(?:var|[\w<>?]+)\s+(\w+)\s*=\s*(new\s+(?:FileStream|StreamReader|StreamWriter|SqlConnection|SqlCommand|NpgsqlConnection|ZipArchive|TcpClient|BinaryReader|BinaryWriter)|File\.(?:OpenRead|OpenWrite|Open|Create|OpenText|CreateText)|ZipFile\.Open(?:Read)?)\s*\(/,
    but: /\busing\b/,
    closes: String.raw`\bNAME\??\.(?:Dispose|DisposeAsync|Close|CloseAsync)\s*\(|\busing\s*\(?\s*(?:var\s+\w+\s*=\s*)?NAME\b`,
    passes: String.raw`new\s+\w+\s*\([^;]*\bNAME\b`,
    severity: 'warn',
  },
  {
    languages: ['kotlin'],
    opens:
      /^\s*va[lr]\s+(\w+)\s*=\s*((?:FileInputStream|FileOutputStream|FileReader|FileWriter|Socket|ZipFile)|\w+\.(?:inputStream|outputStream|bufferedReader|bufferedWriter)|\w*[dD]ataSource\.getConnection)\(/,
    but: /\.use\b/,
    closes: String.raw`\bNAME\??\.(?:close|use)\b`,
    passes: String.raw`[(,]\s*NAME\s*[,)]`,
    severity: 'warn',
  },
  {
    languages: ['ruby'],
    opens:
      /^\s*(\w+)\s*=\s*(File\.(?:open|new)|TCPSocket\.(?:open|new)|Tempfile\.new)(?:\(|\s)(?!.*(?:\bdo\b|\{\s*\|))/,
    closes: String.raw`\bNAME\.(?:close!?|unlink)\b`,
    passes: String.raw`[(,:]\s*NAME\b`,
    severity: 'warn',
  },
  {
    languages: ['php'],
    opens: /^\s*\$(\w+)\s*=\s*(fopen|fsockopen|proc_open)\(/,
    but: /php:\/\//,
    closes: String.raw`(?:fclose|proc_close)\(\s*\$NAME\b`,
    passes: String.raw`[(,]\s*\$NAME\s*[,)]|return\s+\$NAME|=\s*\$NAME;`,
    severity: 'note',
  },
  {
    languages: script,
    opens:
      /^\s*(?:const|let|var)\s+(\w+)\s*=\s*await\s+((?:\w+\.){0,5}\w*[pP]ool\.(?:connect|getConnection)|fs(?:p|\.promises)?\.open)\(/,
    but: /\busing\b/,
    closes: String.raw`\bNAME\??\.(?:release|end|close|destroy)\(`,
    passes: String.raw`[(,]\s*NAME\s*[,)]`,
    severity: 'warn',
  },
  {
    languages: script,
    opens: /^\s*(?:const|let|var)\s+(\w+)\s*=\s*(fs\.openSync|openSync)\(/,
    closes: String.raw`closeSync\(\s*NAME\b`,
    passes: String.raw`stdio|[:[,]\s*NAME\s*[,\]}]`,
    severity: 'warn',
  },
];
