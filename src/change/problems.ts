/** A mistake of the person at the keyboard, told as what happened and what to do next. Exit code 2. */
export class UserError extends Error {
  readonly advice: string;

  constructor(message: string, advice: string) {
    super(message);
    this.name = 'UserError';
    this.advice = advice;
  }
}
