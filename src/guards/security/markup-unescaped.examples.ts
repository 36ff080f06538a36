import type { Example } from '../guard.ts';
import { comes, turns } from './told.ts';

/** Markup that is not escaped any more, or never was. */
export const caught: readonly Example[] = [
  comes(
    'Express sends a query as HTML',
    'src/api/hello.js',
    "app.get('/hello', (req, res) => {\n  res.send('<h1>Hello ' + req.query.name + '</h1>');\n});\n",
  ),
  turns('React stops escaping a comment', 'src/comment.tsx', [
    'export const Comment = ({ text }: Props) => <p>{text}</p>;\n',
    'export const Comment = ({ text }: Props) => <p dangerouslySetInnerHTML={{ __html: text }} />;\n',
  ]),
  turns('Vue stops escaping', 'src/Comment.vue', [
    '<template>\n  <p>{{ comment.text }}</p>\n</template>\n',
    '<template>\n  <p v-html="comment.text"></p>\n</template>\n',
  ]),
  comes(
    'Django calls an argument safe',
    'shop/views.py',
    'def hello(request):\n    name = request.GET["name"]\n    return mark_safe("<b>%s</b>" % name)\n',
  ),
  turns('a template says safe', 'shop/templates/order.html', [
    '<p>{{ order.note }}</p>\n',
    '<p>{{ order.note|safe }}</p>\n',
  ]),
  comes(
    'Go makes HTML of a form value',
    'server/hello.go',
    'package server\n\nfunc hello(w http.ResponseWriter, r *http.Request) {\n\tname := r.FormValue("name")\n\tdata.Name = template.HTML(name)\n}\n',
  ),
  comes(
    'html_safe',
    'app/helpers/notes_helper.rb',
    'def note(order)\n  order.note.html_safe\nend\n',
  ),
];

/** Cleaned, fixed, or escaped. */
export const passed: readonly Example[] = [
  comes(
    'a helper that escapes what its block says',
    'app/components/tabs.rb',
    'class Tabs\n  renders_many :panels, ->(tab_id:, &block) do\n    content_tag(\n      :div,\n      class: css(tab_id),\n      &block\n    )\n  end\nend\n',
  ),
  comes(
    'a blank that is written out, and a tag that only trims',
    'app/views/toggle.html.erb',
    '<%- submit_css ||= "btn" %>\n<%= label_tag name, "&nbsp;".html_safe, class: css %>\n',
  ),
  comes(
    'cleaned before',
    'src/comment.tsx',
    'export const Comment = ({ text }: Props) => (\n  <p dangerouslySetInnerHTML={{ __html: DOMPurify.sanitize(text) }} />\n);\n',
  ),
  comes('fixed markup', 'src/page.ts', "element.innerHTML = '<b>Hello</b>';\n"),
  comes(
    'the framework escapes',
    'src/comment.tsx',
    'export const Comment = ({ text }: Props) => <p>{text}</p>;\n',
  ),
  comes('emptied', 'src/page.ts', "element.innerHTML = '';\n"),
  comes(
    'escaped in PHP',
    'src/hello.php',
    '<?php\necho "<b>" . htmlspecialchars($_GET["name"]) . "</b>";\n',
  ),
  comes(
    'a story',
    'src/comment.stories.tsx',
    'export const A = () => <p dangerouslySetInnerHTML={{ __html: text }} />;\n',
  ),
];
