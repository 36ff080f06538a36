import type { Guard } from '../guard.ts';

function becomes(
  path: string,
  before: string,
  after: string,
): { before: Record<string, string>; after: Record<string, string> } {
  return { before: { [path]: before }, after: { [path]: after } };
}

/** Cases of `config/debug-on`. */
export const debugOnExamples: Pick<Guard, 'caught' | 'passed'> = {
  caught: [
    {
      name: 'an image runs as in development',
      ...becomes(
        'Dockerfile',
        'FROM node:24\nENV NODE_ENV=production\n',
        'FROM node:24\nENV NODE_ENV=development\n',
      ),
    },
    {
      name: 'Django debugs',
      ...becomes('shop/settings.py', 'DEBUG = False\n', 'DEBUG = True\n'),
    },
    {
      name: 'Flask starts with its debugger',
      ...becomes(
        'shop/server.py',
        'app.run(host="0.0.0.0")\n',
        'app.run(host="0.0.0.0", debug=True)\n',
      ),
    },
    {
      name: 'a variable of production appears',
      ...becomes('deploy/production.env', 'PORT=80\n', 'PORT=80\nAPP_DEBUG=true\n'),
    },
    {
      name: 'Rails shows errors in production',
      ...becomes(
        'config/environments/production.rb',
        'config.consider_all_requests_local = false\n',
        'config.consider_all_requests_local = true\n',
      ),
    },
    {
      name: 'an error page of ASP.NET for everybody',
      ...becomes(
        'Shop/Program.cs',
        'app.UseRouting();\n',
        'app.UseDeveloperExceptionPage();\napp.UseRouting();\n',
      ),
    },
    {
      name: 'the source of the front end is public',
      ...becomes(
        'next.config.js',
        'module.exports = {\n};\n',
        'module.exports = {\n  productionBrowserSourceMaps: true,\n};\n',
      ),
    },
  ],
  passed: [
    {
      name: 'settings of development',
      ...becomes('shop/settings/local.py', 'DEBUG = False\n', 'DEBUG = True\n'),
    },
    {
      name: 'an image for development',
      ...becomes(
        'docker/Dockerfile.dev',
        'FROM node:24\n',
        'FROM node:24\nENV NODE_ENV=development\n',
      ),
    },
    {
      name: 'the debugger runs only when the file is started by hand',
      ...becomes(
        'shop/server.py',
        'x()\n',
        'x()\nif __name__ == "__main__":\n    app.run(debug=True)\n',
      ),
    },
    {
      name: 'the error page is asked for',
      ...becomes(
        'Shop/Program.cs',
        'app.UseRouting();\n',
        'if (env.IsDevelopment())\n{\n    app.UseDeveloperExceptionPage();\n}\napp.UseRouting();\n',
      ),
    },
    {
      name: 'the value comes from the environment',
      ...becomes(
        'shop/settings.py',
        'DEBUG = False\n',
        'DEBUG = env.bool("DEBUG", default=False)\n',
      ),
    },
    {
      name: 'a test starts a server',
      ...becomes('tests/server.py', 'app.run()\n', 'app.run(debug=True)\n'),
    },
    {
      name: 'it was on before',
      ...becomes('shop/settings.py', 'DEBUG = True\nX = 1\n', 'X = 1\nDEBUG = True  # see above\n'),
    },
  ],
};
