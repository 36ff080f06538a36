import type { Grammar } from '../grammar.ts';

/** Ruby. A body may be rescued without a `begin` of its own. */
export const ruby: Grammar = {
  functions: ['method', 'singleton_method', 'do_block', 'block', 'lambda'],
  containers: ['class', 'module', 'singleton_class'],
  calls: ['call'],
  tries: ['begin', 'body_statement'],
  catches: ['rescue'],
  finallies: ['ensure'],
  ifs: ['if', 'elsif', 'unless', 'if_modifier', 'unless_modifier'],
  ternaries: ['conditional'],
  binaries: ['binary'],
  blocks: ['then', 'do'],
  comments: ['comment'],
  strings: ['string'],
  decorators: [],
  members: [],
  indexes: ['element_reference'],
  exits: ['return', 'next', 'break', 'redo', 'retry'],
  throws: ['call', 'identifier'],
  names: {},
  objects: ['hash'],
  statementsIn: ['body_statement', 'then', 'else', 'begin', 'ensure', 'block_body', 'program'],
  parameters: ['optional_parameter', 'keyword_parameter'],
};
