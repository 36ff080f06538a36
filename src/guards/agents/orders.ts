/** A form of words that gives orders to a model. */
export interface Order {
  readonly pattern: RegExp;
  readonly says: string;
  /** No ordinary text says so, even where everybody can see it. */
  readonly isClear: boolean;
}

const earlier = '(?:previous|prior|above|earlier|preceding|foregoing|existing|system)';
const said =
  '(?:instructions?|prompts?|messages?|directives?|commands?|rules|guidelines|context|training)';

/** Orders to models, in several languages. */
export const orders: readonly Order[] = [
  {
    pattern: new RegExp(
      `\\b(?:ignore|disregard|forget|override|bypass)\\s+(?:(?:all|any|every|the|your|these|of|my)\\s+){0,4}${earlier}\\s+(?:\\w+\\s+)?${said}`,
      'i',
    ),
    says: 'tells a model to ignore its instructions',
    isClear: true,
  },
  {
    pattern:
      /\b(?:ignore|disregard|forget)\s+(?:all|everything)\s+(?:you\s+(?:were|have been)\s+told|that\s+(?:came|was\s+said)\s+before)|\bforget\s+(?:all\s+)?your\s+(?:instructions|rules|guidelines|training)/i,
    says: 'tells a model to ignore its instructions',
    isClear: true,
  },
  {
    pattern:
      /\b(?:AI|LLM|automated|code|Copilot|Claude|ChatGPT|GPT|Gemini|Cursor|bot)[\s-]*(?:code[\s-]*)?(?:reviewers?|agents?|assistants?|models?|bots?)?\s*[:,]\s*(?:please\s+)?(?:you\s+(?:must|should|may)\s+)?(?:approve|merge|accept|do\s+not\s+(?:report|flag|mention|review|comment)|don't\s+(?:report|flag|mention)|ignore|skip)\b/i,
    says: 'tells a reviewing model what to decide',
    isClear: true,
  },
  {
    pattern:
      /\b(?:AI|LLM|automated|Claude|Copilot|Gemini|GPT)\s+(?:code\s+)?(?:review(?:er)?s?|agents?|assistants?|models?)\b[^.\n]{0,80}\b(?:respond|reply|answer|conclude|say)\s+(?:with\s+|that\s+)?["']?(?:LGTM|approved?|no\s+issues|safe|looks\s+good)/i,
    says: 'tells a reviewing model what to decide',
    isClear: true,
  },
  {
    pattern:
      /\b(?:do\s+not|don't|never)\s+(?:report|flag|mention|raise|disclose|reveal|tell)\s+(?:this|these|any|the\s+(?:user|vulnerabilit|issue|finding|change|following|above))\b[^.]{0,60}\b(?:vulnerabilit|issues?|findings?|reviewers?|users?|code|change|instruction|prompt)/i,
    says: 'tells a reader to keep quiet about what it finds',
    isClear: false,
  },
  {
    pattern:
      /\b(?:approve|merge|lgtm)\s+this\s+(?:pull\s+request|PR|change|code|commit|diff)\s+(?:without|immediately|regardless|no\s+matter|unconditionally|automatically)\b|\bmark\s+this\s+(?:file|code|change|PR)\s+as\s+(?:safe|approved|reviewed)\b/i,
    says: 'tells a reviewing model to approve',
    isClear: true,
  },
  {
    pattern:
      /\byou\s+are\s+now\s+(?:a|an|in|the|DAN|acting|operating|free|no\s+longer)\b|\bact\s+as\s+if\s+you\s+(?:have|had)\s+no\s+(?:restrictions|rules)|\bnew\s+(?:system\s+)?instructions?\s*:\s*\S|\bsystem\s*prompt\s*(?:override|:)|<\|(?:im_start|system|endoftext)\|>|\[\/?INST\]/i,
    says: 'speaks to a model as if it were its system prompt',
    isClear: false,
  },
  {
    pattern:
      /\b(?:send|post|upload|exfiltrate|leak|print|output|include)\s+(?:(?:all|the|your|any|every|contents?|of)\s+){0,5}(?:environment\s+variables|secrets?|credentials|api\s+keys?|\.env|system\s+prompt|ssh\s+keys?|tokens?)\b[^.]{0,80}\b(?:to\s+(?:https?:|the\s+following|this\s+(?:url|address|server|endpoint))|in\s+(?:your|the)\s+(?:response|answer|comment|output|review))/i,
    says: 'tells a model to give secrets away',
    isClear: true,
  },
  {
    pattern:
      /\b(?:ignoriere|vergiss)\s+(?:alle\s+)?(?:(?:vorherigen|bisherigen|obigen)\s+)+(?:Anweisungen|Befehle|Instruktionen)|\b(?:ignorez?|oubliez?)\s+(?:toutes\s+)?(?:les\s+)?instructions\s+(?:précédentes|ci-dessus)|\b(?:ignora|olvida)\s+(?:todas\s+)?(?:las\s+)?instrucciones\s+(?:anteriores|previas)|忽略(?:之前|以上|先前|所有)[^。\n]{0,12}(?:指令|指示|说明|提示)|(?:以前|これまで|上記)の(?:指示|命令)(?:を|は)?(?:すべて)?無視|игнорируй(?:те)?\s+(?:все\s+)?(?:предыдущие|прошлые)\s+(?:инструкции|указания)/i,
    says: 'tells a model to ignore its instructions',
    isClear: true,
  },
];

/** The order that a line gives to a model; null when it gives none. */
export function isOrder(text: string): Order | null {
  return orders.find(({ pattern }) => pattern.test(text)) ?? null;
}

/** Pieces of one line that are decoded. */
const mostPieces = 5;

/** An order to a model inside of base64 on this line; null when there is none. */
export function decodedIn(text: string): string | null {
  const pieces = text.match(/[A-Za-z0-9+/]{32,}={0,2}/g) ?? [];
  for (const piece of pieces.slice(0, mostPieces)) {
    const plain = decoded(piece);
    if (plain !== null && isOrder(plain) !== null) return plain;
  }
  return null;
}

function decoded(piece: string): string | null {
  const whole = piece.slice(0, piece.length - (piece.replace(/=+$/, '').length % 4 === 1 ? 1 : 0));
  try {
    const plain = atob(whole);
    return /^[\t\n\r\x20-\x7e]+$/.test(plain) ? plain : null;
  } catch (error) {
    // Not base64 after all.
    if (error instanceof DOMException) return null;
    throw error;
  }
}
