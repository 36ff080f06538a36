const documents = /\.(?:md|mdx|rst|adoc|txt|tex|po|pot|svg|png|csv|html?)$/i;

const tests =
  /(?:^|\/)(?:tests?|__tests__|specs?|testdata|fixtures?|__mocks__|e2e|examples?|docs?|documentation)\/|(?:^|\/)(?:test_[^/]*|conftest)\.py$|[._-](?:test|tests|spec)s?\.[A-Za-z0-9]{1,5}$|(?:^|\/)[^/]*Tests?\.(?:java|kt|cs|swift|php)$/;

const notCode =
  /(?:^|\/)(?:changelog|changes|news|history|readme|license|authors|contributors|version)[^/]*$|(?:^|\/)\.changeset\//i;

/** Whether a fault may sit in a file: tests, documents, examples and release notes run nowhere that hurts. */
export function isProductCode(path: string): boolean {
  return !documents.test(path) && !tests.test(path) && !notCode.test(path);
}
