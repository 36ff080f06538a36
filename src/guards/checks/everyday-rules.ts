/** Rules that people silence every day and lose little by: layout, names, length, what is old or unused, casts. */
const everyday: readonly RegExp[] = [
  /deprecat|^(?:CS)?0?61[28]$|obsolete|SA1019|S1133|S1874/i,
  /unused|dead_?code|F401|F841|W0611|^(?:CS)?(?:0168|0219|1591)$/i,
  /unchecked(?:_cast)?$|rawtypes|serial|no-explicit-any|USELESS_CAST|Redundant/i,
  /naming|FunctionName|PropertyName|ClassName|camelcase|snake_case|invalid-name|^N8\d\d$/i,
  /(?:line|file|method|function|class|max)[-_ ]?(?:len|length|lines|size)|E501|ktlint|^Long[A-Z]|Large|TooMany|too[-_]many|Complex|C901|^PLR09|Metrics\/|Style\/|Layout\/|Naming\/|MagicNumber|E402|I001|E731|prettier|no-console|comma-dangle|^(?:indent|quotes|semi)$/i,
  /NOTHING_TO_INLINE|SameParameterValue|OPT_IN|INVISIBLE_|ktlint|DuplicatedCode|jscpd|import\/(?:order|first|prefer-default-export)|global-require|no-var-requires|no-require-imports/,
  /^clippy::(?!unwrap|expect|panic|indexing|await_holding|let_underscore|cast_|arithmetic|undocumented)/,
];

/** Whether every rule that a comment names is one of those. */
export function isEveryday(rules: string): boolean {
  const names = rules.split(/[\s,"'()[\]{}]+/).filter((name) => /\w/.test(name));
  return names.length > 0 && names.every((name) => everyday.some((pattern) => pattern.test(name)));
}
