import type { Sink } from '../code/flows.ts';

const shellOption = /\bshell\s*:\s*(?:true|["'`])/;
const shellProgram =
  /["'`](?:\/(?:usr\/)?bin\/)?(?:ba|z|k|da)?sh["'`]|["'`](?:cmd|powershell|pwsh)(?:\.exe)?["'`]/;

/** Calls whose text a shell reads. */
export const shellSinks: readonly Sink[] = [
  {
    languages: ['typescript', 'tsx', 'javascript'],
    callee:
      /(?<![\w$.])(?:(?:cp|child_?[pP]rocess|childProc|shell|shelljs|require\(["'`]\s*["'`]\))\.)?(?:exec|execSync|execAsync|execPromise|execPromisified|promisifiedExec|execaCommand|execaCommandSync|runShellCommand)(?=\s*\()/,
    needs: /child_process|shelljs|execa/,
  },
  {
    languages: ['typescript', 'tsx', 'javascript'],
    callee: /(?<![\w$])(?:[\w$]{1,30}\.)?(?:spawn|spawnSync|execFile|execFileSync|execa)(?=\s*\()/,
    when: new RegExp(`${shellOption.source}|${shellProgram.source}`),
    places: 'all',
  },
  {
    languages: ['python'],
    callee:
      /(?<![\w.])(?:os\.(?:system|popen\d?)|(?:subprocess|commands|sp)\.(?:getoutput|getstatusoutput)|asyncio\.create_subprocess_shell|(?:loop\.)?subprocess_shell|popen2\.\w+)(?=\s*\()|\.exec_command(?=\s*\()/,
  },
  {
    languages: ['python'],
    callee: /(?<![\w.])(?:(?:subprocess|sp)\.)?(?:run|call|check_call|check_output|Popen)(?=\s*\()/,
    when: new RegExp(`\\bshell\\s*=\\s*True\\b|${shellProgram.source}`),
  },
  {
    languages: ['go'],
    callee: /(?<![\w.])exec\.Command(?:Context)?(?=\s*\()/,
    when: shellProgram,
    places: 'all',
  },
  {
    languages: ['java', 'kotlin'],
    callee:
      /(?:getRuntime\(\)|(?<![\w.])\w{0,20}[rR]untime|(?<![\w.])r|(?<![\w.])rt)\s*\.\s*exec(?=\s*\()|\bloadLibrary(?=\()/,
    places: 'all',
  },
  {
    languages: ['java', 'kotlin'],
    callee:
      /\bProcessBuilder(?=\s*\()|(?<![\w.])\w{0,20}(?:[bB]uilder|pb|process)\.command(?=\s*\()/,
    when: shellProgram,
    places: 'all',
  },
  {
    languages: ['ruby'],
    callee:
      /(?<![\w.:@"'])(?:Kernel\.|Process\.|IO\.|Open3\.|PTY\.)?(?:system|exec|spawn|popen|popen[23]e?|capture2e?|capture3|pipeline(?:_\w+)?)(?=\s*\(| ["'@$\w])|(?<![\w.:])Shell\.system(?=\()/,
    places: 'all',
  },
  {
    languages: ['php'],
    callee: /(?<![\w>:$])(?:exec|shell_exec|system|passthru|popen|proc_open|pcntl_exec)(?=\s*\()/,
  },
  {
    languages: ['csharp'],
    callee:
      /\bProcess\.Start(?=\s*\()|\bnew\s+ProcessStartInfo(?=\s*\()|\.(?:Arguments|FileName)\s*=(?![=>])/,
    places: 'all',
    needs: /\bProcess(?:StartInfo)?\b/,
  },
  {
    languages: ['rust'],
    callee: /\bCommand::new(?=\s*\()|\.arg(?=\s*\()/,
    needs: /Command::new\(\s*"(?:\/bin\/)?(?:ba|z)?sh"/,
  },
];

/** Calls that start a program without a shell: only a visible request makes them a fault. */
export const programSinks: readonly Sink[] = [
  {
    languages: ['typescript', 'tsx', 'javascript'],
    callee: /(?<![\w$])(?:[\w$]{1,30}\.)?(?:spawn|spawnSync|execFile|execFileSync|execa)(?=\s*\()/,
    needs: /child_process|execa/,
  },
  {
    languages: ['python'],
    callee:
      /(?<![\w.])(?:(?:subprocess|sp)\.(?:run|call|check_call|check_output|Popen)|os\.(?:exec\w+|spawn\w+)|asyncio\.create_subprocess_exec)(?=\s*\()/,
    places: 'all',
  },
  {
    languages: ['go'],
    callee: /(?<![\w.])(?:exec\.Command(?:Context)?|syscall\.Exec)(?=\s*\()/,
    places: 'all',
  },
  { languages: ['java', 'kotlin'], callee: /\bProcessBuilder(?=\s*\()/, places: 'all' },
  { languages: ['rust'], callee: /\bCommand::new(?=\s*\()/ },
];
