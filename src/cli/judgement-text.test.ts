import { describe, expect, test } from 'vitest';
import { finding, sampleJudgement } from '../../test/sample-judgement.ts';
import { judgementMarkdown } from './judgement-markdown.ts';
import { judgementText } from './judgement-text.ts';
import { noColours } from './paint.ts';

test('a person reads the verdict first, then what is owed, then the findings', () => {
  expect(judgementText(sampleJudgement(), noColours)).toMatchInlineSnapshot(`
    "BLOCK  may not land: it would break something
    aaaaaaaaa..bbbbbbbbb, 1 file, +12 −0

    Owed
      · 1 approval from expert
        Can give it: Ann <ann@example.org>
        75 % of the added lines are AI-written
        Rule: AI-assisted work needs someone who knows the code

    Findings  1 block

      block  db/0042_coupon.sql:12
             drops column coupon of orders
             Instances still running the old code fail every query that names the
             column.
             Fix: Stop using it in one release, drop it in the next.
             sql/drop-column

    Who wrote it  AI 75 %, unknown 25 %
      · claude-code (Opus 5): 9 lines

    Risk  riskier than 91 % of the last 2,000 changes
      · adds 12 lines; half of the changes here add fewer than 9
      · touches checkout (tier 1)

    Not checked
      · vendor/big.bin: the object is missing here

    Policy: .hallmonitor/policy.yml at aaaaaaaaa, mode enforce.
    "
  `);
});

test('a comment says what to look at first, and nothing twice', () => {
  expect(judgementMarkdown(sampleJudgement())).toMatchInlineSnapshot(`
    "<!-- hallmonitor -->

    ### Hallmonitor: block

    This change may not land: it would break something. <sub>\`aaaaaaaaa..bbbbbbbbb, 1 file, +12 −0\`</sub>

    **Owed**

    - [ ] **1 approval from expert** (Ann &lt;ann@<!-- -->example.org>): 75 % of the added lines are AI-written

    **Look at first** (1 block)

    1. ⛔ \`db/0042_coupon.sql:12\` drops column coupon of orders.
       Instances still running the old code fail every query that names the column.
       *Fix:* Stop using it in one release, drop it in the next. <sub>\`sql/drop-column\`</sub>

    <details><summary>Who wrote it, risk, 1 thing not checked</summary>

    - Added lines: 9 AI, 0 mixed, 0 human, 3 unknown (claude-code (Opus 5) 9)
    - Risk: riskier than 91 % of the last 2,000 changes
      - adds 12 lines; half of the changes here add fewer than 9
    - Touches checkout, tier 1
    - **Not checked:** vendor/big.bin: the object is missing here
    - Policy: .hallmonitor/policy.yml at aaaaaaaaa, mode enforce

    </details>
    "
  `);
});

describe('hostile text', () => {
  const path = 'a\u001b]0;x\u0007`b`<img src=x>\n@everyone.ts';
  const message = 'ping @team [link](http://evil.example) <script>alert(1)</script> # head';
  const judgement = sampleJudgement({ findings: [finding({ path, message })] });

  test('does nothing in a terminal', () => {
    // oxlint-disable-next-line no-control-regex -- looks for exactly these
    expect(judgementText(judgement, noColours)).not.toMatch(/[\u0000-\u0009\u000b-\u001f]/);
  });

  test('is neither markup, mention nor link in a comment', () => {
    const text = judgementMarkdown(judgement);
    expect(text).not.toContain('<script>');
    expect(text).not.toContain('@team');
    expect(text).not.toMatch(/[^\\]\]\(http/);
    expect(text).toContain('``');
  });
});

test('says so when the evidence about who wrote the lines contradicts itself', () => {
  const { provenance } = sampleJudgement();
  const answer = { authorship: 'human', tool: null, model: null, evidence: [] } as const;
  const runs = [
    { from: 1, to: 5, disputed: true, ...answer },
    { from: 6, to: 9, disputed: false, ...answer },
  ];
  const judgement = sampleJudgement({
    provenance: { ...provenance, files: [{ path: 'a.ts', runs }] },
  });
  const words = 'the evidence contradicts itself about 5 lines: some says AI, some says human';
  expect(judgementText(judgement, noColours)).toContain(`  · ${words}\n`);
  expect(judgementMarkdown(judgement)).toContain(`  - ${words}\n`);
});
