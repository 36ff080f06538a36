import { fc, test as prop } from '@fast-check/vitest';
import { DockerfileParser } from 'dockerfile-ast';
import { describe, expect, test } from 'vitest';
import { finalStage, instructionsIn, lineage, pairsIn, readDockerfile } from './dockerfile.ts';

const text = `# syntax=docker/dockerfile:1
ARG NODE=22
FROM node:\${NODE} AS build
WORKDIR /app
RUN npm ci && \\
    # comments may stand between
    npm run build
RUN <<EOF
apt-get update
FROM nothing
EOF
FROM build as check
from --platform=linux/amd64 gcr.io/distroless/nodejs22 AS final
COPY --from=build /app /app
ENV A=b C="d e" \\
    F='g'
USER nonroot
`;

describe('a Dockerfile', () => {
  test('has the instructions that another parser finds in it', () => {
    const theirs = DockerfileParser.parse(text)
      .getInstructions()
      .map((one) => [one.getKeyword(), one.getRange().start.line + 1, one.getRange().end.line + 1]);
    const ours = instructionsIn(text).map(({ name, line, endLine }) => [name, line, endLine]);
    expect(ours).toEqual(theirs);
  });

  test('has stages that start from images or from each other', () => {
    const file = readDockerfile(text);
    expect(file.stages.map(({ base, name }) => [base, name])).toEqual([
      ['node:${NODE}', 'build'],
      ['build', 'check'],
      ['gcr.io/distroless/nodejs22', 'final'],
    ]);
    expect(finalStage(file)?.name).toBe('final');
    const [, check] = file.stages;
    expect(check && lineage(file, check).map(({ name }) => name)).toEqual(['check', 'build']);
  });

  test.each([
    ['A=b C="d e"', 'A=b|C=d e'],
    ['A b c', 'A=b c'],
    ['TOKEN', 'TOKEN='],
    ["A='x y' B=", 'A=x y|B='],
  ])('sets %j', (pairs, expected) => {
    expect(
      pairsIn(pairs)
        .map((pair) => pair.join('='))
        .join('|'),
    ).toBe(expected);
  });

  test('may go on in the next line by another sign', () => {
    const windows = '# escape=`\nFROM a\nRUN dir `\n  c:\\\nUSER x\n';
    expect(instructionsIn(windows).map(({ name }) => name)).toEqual(['FROM', 'RUN', 'USER']);
  });

  const scrap = fc.constantFrom(
    'FROM a',
    'RUN x',
    ' \\',
    '\n',
    '<<EOF',
    'EOF',
    '#',
    'ENV A=',
    '"',
    "'",
    ' ',
    '\\\n',
  );
  prop.prop([fc.array(scrap, { maxLength: 60 })])('is read whatever it holds', (scraps) => {
    const lines = scraps.join('').split('\n').length;
    for (const { line, endLine } of instructionsIn(scraps.join(''))) {
      expect(line).toBeLessThanOrEqual(endLine);
      expect(endLine).toBeLessThanOrEqual(lines);
    }
  });
});
