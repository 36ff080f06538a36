import type { Call } from './calls.ts';

// Work outside of the process: fails for reasons no test of this function shows.
const outside =
  /^(?:fetch|request|get|post|put|patch|delete|head|send|sendall|receive|recv|publish|consume|connect|dial|open|read|write|readfile|writefile|append|unlink|mkdir|exec|execute|run|spawn|query|find|findone|findmany|findunique|insert|update|upsert|save|create|remove|destroy|commit|charge|refund|pay|capture|transfer|upload|download|load|store|import|parse|json|decode|encode|deserialize|serialize|unmarshal|marshal|verify|sign|encrypt|decrypt|begin|lock|acquire|flush|sync|refresh|login|publish|emit|notify|invoke|call|do|scan|urlopen|check_output|check_call|popen|parseint|valueof|readvalue|writevalue|close)/i;

const writes =
  /^_?(?:(?:db|bulk|batch|async|do|safe)_?)?(?:save|insert|update|upsert|delete|remove|destroy|commit|charge|refund|pay|capture|transfer|publish|send|write|store|persist|enqueue|dispatch|submit|drop|migrate|apply|upload|flush|post|put|patch|settle|record|append|set(?=$|[A-Z_]\w*(?:Async|InDb)))/i;

const harmless =
  /^(?:(?:sys|process)\.std(?:out|err)\.|createH(?:ash|mac)|crypto\.createH|console|log|logger|logging|Math|Object|Array|String|Number|Boolean|Date|Set|Map|time\.time|len|str|int|isinstance|print|fmt\.Sprint\w*|strings\.|errors\.|set[A-Z]\w*$|use[A-Z]\w*$|Error$|\w+Error$)/;

/** Whether a call reaches outside of the process or waits for something, so that it fails in production. */
export function isRisky(call: Call): boolean {
  if (harmless.test(call.callee)) return false;
  return (
    call.node.parent()?.kind().toString().startsWith('await') === true || outside.test(call.name)
  );
}

/** Whether a call changes something that lasts: a failure unheard means lost work. */
export function isWrite(call: Call): boolean {
  return !harmless.test(call.callee) && writes.test(call.name);
}

/** Whether a call can hardly fail: logs, constructors of plain values. */
export function isHarmless(call: Call): boolean {
  return harmless.test(call.callee);
}

const cleanup =
  /(?:close|dispose|destroy|cleanup|clean_?up|clear|unlink|unsubscribe|^rm(?:dir|Sync|tree)?$|remove|delete|release|unlock|kill|abort|cancel|stop|disconnect|shutdown|terminate|detach|^end$|rollback|revoke|teardown|tear_?down|flush|unregister|dismiss|revert|reset|leave|hangup|exit|quit|blur|focus|scroll|pause|play)/i;

/** Whether a call ends or tidies something, where a failure changes little. */
export function isCleanup(call: Call): boolean {
  return cleanup.test(call.name);
}

const probing =
  /^(?:JSON\.parse|json\.loads|(?:\w+\.)*(?:parse|decode|deserialize)\w*|URL|newURL|decodeURI(?:Component)?|atob|btoa|parse(?:Int|Float|Url|Date)|require|import|(?:window\.)?(?:local|session)Storage\.\w+|(?:fs\.|fsp\.|fs\.promises\.|os\.|path\.)?(?:stat|lstat|access|exists|statSync|accessSync|lstatSync|readlink|realpath)\w*|\w*\.(?:resolve|exists|which|has|supports\w*|is\w+|getItem|matches)|which|int|float|structuredClone|Integer\.parseInt|Class\.forName|importlib\.\w+|RegExp|process\.loadEnvFile|dotenv\.\w+|Intl\.\w+)$/;

/** Whether a call asks whether something is there or well-formed, where the failure is the answer. */
export function isProbing(call: Call): boolean {
  return probing.test(call.callee);
}
