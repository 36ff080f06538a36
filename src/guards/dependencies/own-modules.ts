// Modules that come with the runtime, so that no manifest names them.
const node =
  'assert async_hooks buffer child_process cluster console constants crypto dgram diagnostics_channel dns domain events fs http http2 https inspector module net os path perf_hooks process punycode querystring readline repl sea sqlite stream string_decoder sys test timers tls trace_events tty url util v8 vm wasi worker_threads zlib';

const python =
  '__future__ __main__ _thread abc aifc annotationlib argparse array ast asynchat asyncio asyncore atexit audioop base64 bdb binascii binhex bisect builtins bz2 calendar cgi cgitb chunk cmath cmd code codecs codeop collections colorsys compileall compression concurrent configparser contextlib contextvars copy copyreg cProfile crypt csv ctypes curses dataclasses datetime dbm decimal difflib dis distutils doctest email encodings ensurepip enum errno faulthandler fcntl filecmp fileinput fnmatch formatter fractions ftplib functools gc getopt getpass gettext glob graphlib grp gzip hashlib heapq hmac html http idlelib imaplib imghdr imp importlib inspect io ipaddress itertools json keyword lib2to3 linecache locale logging lzma mailbox mailcap marshal math mimetypes mmap modulefinder msilib msvcrt multiprocessing netrc nis nntplib ntpath numbers opcode operator optparse os ossaudiodev parser pathlib pdb pickle pickletools pipes pkgutil platform plistlib poplib posix posixpath pprint profile pstats pty pwd py_compile pyclbr pydoc queue quopri random re readline reprlib resource rlcompleter runpy sched secrets select selectors shelve shlex shutil signal site smtpd smtplib sndhdr socket socketserver spwd sqlite3 sre_compile sre_constants sre_parse ssl stat statistics string stringprep struct subprocess sunau symbol symtable sys sysconfig syslog tabnanny tarfile telnetlib tempfile termios test textwrap threading time timeit tkinter token tokenize tomllib trace traceback tracemalloc tty turtle turtledemo types typing unicodedata unittest urllib uu uuid venv warnings wave weakref webbrowser winreg winsound wsgiref xdrlib xml xmlrpc zipapp zipfile zipimport zlib zoneinfo';

/** Modules of Node. */
export const nodeModules: ReadonlySet<string> = new Set(node.split(' '));

/** Modules of Python's standard library, of all versions in use. */
export const pythonModules: ReadonlySet<string> = new Set(python.split(' '));

/** Packages on PyPI whose module has another name: by module. */
export const pypiOfModule: Readonly<Record<string, readonly string[]>> = {
  yaml: ['pyyaml', 'ruamel-yaml'],
  cv2: ['opencv-python', 'opencv-python-headless', 'opencv-contrib-python'],
  PIL: ['pillow'],
  sklearn: ['scikit-learn'],
  skimage: ['scikit-image'],
  bs4: ['beautifulsoup4'],
  dotenv: ['python-dotenv'],
  dateutil: ['python-dateutil'],
  jwt: ['pyjwt'],
  jose: ['python-jose'],
  OpenSSL: ['pyopenssl'],
  Crypto: ['pycryptodome', 'pycrypto'],
  nacl: ['pynacl'],
  git: ['gitpython'],
  github: ['pygithub'],
  gitlab: ['python-gitlab'],
  docx: ['python-docx'],
  pptx: ['python-pptx'],
  fitz: ['pymupdf'],
  magic: ['python-magic'],
  serial: ['pyserial'],
  usb: ['pyusb'],
  zmq: ['pyzmq'],
  MySQLdb: ['mysqlclient'],
  psycopg2: ['psycopg2', 'psycopg2-binary'],
  google: ['google', 'protobuf'],
  grpc: ['grpcio'],
  attr: ['attrs'],
  pkg_resources: ['setuptools'],
  slugify: ['python-slugify'],
  socketio: ['python-socketio'],
  engineio: ['python-engineio'],
  telegram: ['python-telegram-bot'],
  discord: ['discord-py', 'py-cord'],
  slack: ['slackclient'],
  markdown: ['markdown'],
  Levenshtein: ['levenshtein', 'python-levenshtein'],
  faiss: ['faiss-cpu', 'faiss-gpu'],
  pinecone: ['pinecone', 'pinecone-client'],
  multipart: ['python-multipart'],
  win32api: ['pywin32'],
  rest_framework: ['djangorestframework'],
  corsheaders: ['django-cors-headers'],
  environ: ['django-environ'],
  decouple: ['python-decouple'],
  pythonjsonlogger: ['python-json-logger'],
  opentelemetry: ['opentelemetry-api'],
  tree_sitter_languages: ['tree-sitter-languages'],
  _pytest: ['pytest'],
  gi: ['pygobject'],
  importlib_resources: ['importlib-resources'],
  kafka: ['kafka-python'],
  ldap: ['python-ldap'],
  memcache: ['python-memcached'],
  redis: ['redis'],
  snappy: ['python-snappy'],
  xdg: ['pyxdg'],
  llama_index: ['llama-index', 'llama-index-core'],
};
