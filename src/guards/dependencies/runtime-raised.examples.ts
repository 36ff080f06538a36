import type { Guard } from '../guard.ts';

function becomes(
  path: string,
  before: string,
  after: string,
): { before: Record<string, string>; after: Record<string, string> } {
  return { before: { [path]: before }, after: { [path]: after } };
}

const library =
  '{\n  "name": "cart",\n  "version": "1.4.0",\n  "engines": {\n    "node": ">=18"\n  }\n}\n';

/** Cases of `dependencies/runtime-raised`. */
export const runtimeRaisedExamples: Pick<Guard, 'caught' | 'passed'> = {
  caught: [
    {
      name: 'a library wants a newer Node in a patch',
      ...becomes(
        'package.json',
        library,
        library.replace('>=18', '>=22').replace('1.4.0', '1.4.1'),
      ),
    },
    {
      name: 'a Python package wants a newer Python',
      ...becomes(
        'pyproject.toml',
        '[project]\nname = "cart"\nrequires-python = ">=3.9"\n',
        '[project]\nname = "cart"\nrequires-python = ">=3.12"\n',
      ),
    },
    {
      name: 'a module of Go',
      ...becomes(
        'go.mod',
        'module shop.example/cart\n\ngo 1.21\n',
        'module shop.example/cart\n\ngo 1.24\n',
      ),
    },
    {
      name: 'a crate',
      ...becomes(
        'Cargo.toml',
        '[package]\nname = "cart"\nrust-version = "1.70"\n',
        '[package]\nname = "cart"\nrust-version = "1.85"\n',
      ),
    },
    {
      name: 'Java of Maven',
      ...becomes(
        'pom.xml',
        '<maven.compiler.release>11</maven.compiler.release>\n',
        '<maven.compiler.release>21</maven.compiler.release>\n',
      ),
    },
    {
      name: 'a gem',
      ...becomes(
        'cart.gemspec',
        "spec.required_ruby_version = '>= 2.7'\n",
        "spec.required_ruby_version = '>= 3.2'\n",
      ),
    },
    {
      name: '.NET',
      ...becomes(
        'Cart.csproj',
        '<TargetFramework>net6.0</TargetFramework>\n',
        '<TargetFramework>net9.0</TargetFramework>\n',
      ),
    },
    {
      name: 'PHP of Composer',
      ...becomes(
        'composer.json',
        '{\n  "name": "shop/cart",\n  "require": {\n    "php": "^7.4"\n  }\n}\n',
        '{\n  "name": "shop/cart",\n  "require": {\n    "php": "^8.3"\n  }\n}\n',
      ),
    },
  ],
  passed: [
    {
      name: 'the major version is raised with it',
      ...becomes(
        'package.json',
        library,
        library.replace('>=18', '>=22').replace('1.4.0', '2.0.0'),
      ),
    },
    {
      name: 'a patch of the same version',
      ...becomes(
        'go.mod',
        'module x.example/y\n\ngo 1.24.1\n',
        'module x.example/y\n\ngo 1.24.3\n',
      ),
    },
    {
      name: 'less is wanted than before',
      ...becomes(
        'pyproject.toml',
        '[project]\nrequires-python = ">=3.12"\n',
        '[project]\nrequires-python = ">=3.10"\n',
      ),
    },
    {
      name: 'a first requirement',
      ...becomes(
        'package.json',
        '{\n  "name": "cart"\n}\n',
        '{\n  "name": "cart",\n  "engines": {\n    "node": ">=22"\n  }\n}\n',
      ),
    },
    {
      name: 'a dependency is raised, not the runtime',
      ...becomes(
        'package.json',
        '{\n  "dependencies": {\n    "node-fetch": "^2"\n  }\n}\n',
        '{\n  "dependencies": {\n    "node-fetch": "^3"\n  }\n}\n',
      ),
    },
    {
      name: 'the upper bound moves',
      ...becomes(
        'package.json',
        library.replace('>=18', '>=18 <22'),
        library.replace('>=18', '>=18 <25'),
      ),
    },
  ],
};
