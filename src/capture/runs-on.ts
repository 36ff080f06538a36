/** A longer command counts as one that leaves something running. */
const longestRead = 200_000;

/** Words that leave something running when the command itself has ended, wherever they stand. */
const leaving =
  /(?:^|[\s;&|(){}`'"/.=])(?:nohup|setsid|disown|daemonize|tmux|zellij|dtach|abduco|coproc|pm2|systemd-run|start-stop-daemon|start-process|start-job|start-threadjob|--daemon|--daemonize|--detach|--background|run_in_background|popen|detached|(?:os\.)?fork\()/i;

/** The same for names that are also words of ordinary language: only where a command begins. */
const leavingAtStart =
  /(?:^|[\n;&|({`]|\$\(|\b(?:sudo|exec|env|do|then|command)[ \t]|-[a-z]{0,3}c[ \t]['"])[ \t]{0,20}(?:\/[\w./-]{0,100}\/)?(?:at|batch|crontab|screen|bg|launchctl|schtasks|daemon)(?=$|[\s;&|'"])/i;

/** Programs that run a text they are given, in which an `&` means what it means to a shell. */
const runsText =
  /(?:^|[\s;&|(){}`'"/])(?:eval|sh|bash|zsh|dash|ksh|fish|ash|busybox|su|sudo|ssh|env|xargs|script|expect|watch|make|python[\d.]{0,6}|perl|ruby|node|php)(?=$|[\s;&|])/;

/**
 * Whether a command may leave something running that writes after it has ended. Read without a parser and rather once
 * too often: what follows from it is only that lines have no known author. What a script does cannot be seen here.
 */
export function mayRunOn(text: string): boolean {
  if (text.length > longestRead || leaving.test(text) || leavingAtStart.test(text)) return true;
  const quotesToo = runsText.test(text) || text.includes('<<');
  let quote = '';
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at] ?? '';
    if (char === '\\' && quote !== "'") at += 1;
    else if (quote === '' ? char === '"' || char === "'" : char === quote)
      quote = quote === '' ? char : '';
    else if (char === '&' && (quote === '' || quotesToo)) {
      if (text[at + 1] === '&') at += 1;
      else if (controls(text, at, quote !== '')) return true;
    }
  }
  // A quote that never ends was read wrongly.
  return quote !== '' && text.includes('&');
}

/** A single `&` that is no part of a redirection; within quotes only one that stands like an operator. */
function controls(text: string, at: number, quoted: boolean): boolean {
  const [before, after] = [text[at - 1] ?? '', text[at + 1] ?? ''];
  if (before === '>' || before === '<' || before === '|' || after === '>') return false;
  return !quoted || /^[\s)'";}]?$/.test(after);
}
