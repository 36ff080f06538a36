import type { LandedSession } from '../capture/landed.ts';
import { toolNamed } from '../provenance/agents.ts';
import { canonicalModel } from '../provenance/models.ts';

/** The names by which tools and models are counted, whoever wrote them down. */
export function named({ tool, model }: LandedSession): {
  readonly tool: string | null;
  readonly model: string | null;
} {
  return { tool: toolNamed(tool), model: model === null ? null : canonicalModel(model) };
}
