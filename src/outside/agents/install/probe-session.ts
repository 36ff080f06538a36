/** Session of `doctor`'s questions: they are refused like anything else, but none of it happened, so none is recorded. */
export const probeSession = 'hallmonitor-doctor';
