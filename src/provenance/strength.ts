/** From the strongest to the weakest kind of evidence; the number is printed as `strength`. */
export const strengthOf = {
  captured: 1,
  note: 2,
  'bot-account': 3,
  trailer: 4,
  environment: 5,
  text: 6,
} as const;
