const words = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/).filter(Boolean));

/** Names that scripts have without declaring them: of the language, of browsers, workers and servers, and of test runners. */
export const scriptGlobals: ReadonlySet<string> = words(`
undefined NaN Infinity globalThis window self document navigator location history screen console process global require module exports
arguments eval isNaN isFinite parseInt parseFloat decodeURI decodeURIComponent encodeURI encodeURIComponent escape unescape
fetch setTimeout clearTimeout setInterval clearInterval setImmediate clearImmediate queueMicrotask structuredClone requestAnimationFrame
cancelAnimationFrame requestIdleCallback cancelIdleCallback alert confirm prompt atob btoa crypto performance localStorage sessionStorage
indexedDB caches name event top parent frames opener origin close open print focus blur scroll scrollTo scrollBy getComputedStyle
getSelection matchMedia postMessage reportError addEventListener removeEventListener dispatchEvent importScripts registerProcessor
currentTime sampleRate describe it test expect beforeEach afterEach beforeAll afterAll before after suite context specify vi jest jasmine
cy Cypress assert sinon chai page browser chrome browser Deno Bun __dirname __filename React JSX gtag dataLayer google $ jQuery _ angular
Vue define requirejs ko Handlebars ENV goog H5P wp ga fbq grecaptcha Stripe YT Zone trustedTypes scheduler cookieStore navigation
Object Function Array Number Boolean String Symbol BigInt Math Date RegExp JSON Promise Proxy Reflect Map Set WeakMap WeakSet WeakRef FinalizationRegistry
Error AggregateError EvalError RangeError ReferenceError SyntaxError TypeError URIError SuppressedError DisposableStack AsyncDisposableStack Iterator
ArrayBuffer SharedArrayBuffer DataView Atomics Intl Temporal Int8Array Uint8Array Uint8ClampedArray Int16Array Uint16Array Int32Array Uint32Array
Float16Array Float32Array Float64Array BigInt64Array BigUint64Array Buffer WebAssembly URL URLSearchParams URLPattern Headers Request Response FormData Blob File
FileReader FileList AbortController AbortSignal Event EventTarget EventSource CustomEvent MessageChannel MessagePort MessageEvent BroadcastChannel WebSocket
Worker SharedWorker ServiceWorker TextEncoder TextDecoder ReadableStream WritableStream TransformStream CompressionStream DecompressionStream
XMLHttpRequest XMLSerializer Node NodeList NodeFilter Element Document DocumentFragment Text Comment Range Selection Image Option Audio Notification Storage
MutationObserver ResizeObserver IntersectionObserver KeyboardEvent MouseEvent PointerEvent TouchEvent Touch WheelEvent DragEvent ClipboardEvent ClipboardItem
InputEvent FocusEvent SubmitEvent PopStateEvent HashChangeEvent StorageEvent PromiseRejectionEvent ErrorEvent CloseEvent ProgressEvent AnimationEvent TransitionEvent
DataTransfer DataTransferItem Path2D ImageData ImageBitmap OffscreenCanvas createImageBitmap CanvasRenderingContext2D SpeechSynthesisUtterance speechSynthesis
SpeechRecognition MediaStream MediaRecorder MediaSource MediaQueryList Animation KeyframeEffect ShadowRoot customElements CustomElementRegistry Highlight Window
CryptoKey Crypto SubtleCrypto Navigator Location History Screen Cache CacheStorage FontFace VideoFrame EncodedVideoChunk AudioContext GainNode ParentNode ChildNode
HTMLRewriter WebSocketPair EdgeRuntime
fixture given when then step Feature Scenario spyOn fail pending xit xdescribe fit fdescribe bench
`);

/** Names that every Python file has, in one version or another, or gets from a tool that runs it. */
export const pythonGlobals: ReadonlySet<string> = words(`
abs aiter all anext any ascii bin bool breakpoint bytearray bytes callable chr classmethod compile complex copyright credits delattr dict dir
divmod enumerate eval exec exit filter float format frozenset getattr globals hasattr hash help hex id input int isinstance issubclass iter
len license list locals map max memoryview min next object oct open ord pow print property quit range repr reversed round set setattr slice
sorted staticmethod str sum super tuple type vars zip Ellipsis NotImplemented True False None self cls
basestring buffer cmp execfile file intern long raw_input reduce reload unichr unicode xrange apply coerce
_ __name__ __file__ __doc__ __builtins__ __debug__ __import__ __class__ __package__ __spec__ __loader__ __path__ __all__ __annotations__
BaseException BaseExceptionGroup Exception ExceptionGroup ArithmeticError AssertionError AttributeError BlockingIOError BrokenPipeError BufferError BytesWarning
ChildProcessError ConnectionAbortedError ConnectionError ConnectionRefusedError ConnectionResetError DeprecationWarning EOFError EncodingWarning EnvironmentError
FileExistsError FileNotFoundError FloatingPointError FutureWarning GeneratorExit IOError ImportError ImportWarning IndentationError IndexError InterruptedError
IsADirectoryError KeyError KeyboardInterrupt LookupError MemoryError ModuleNotFoundError NameError NotADirectoryError NotImplementedError OSError OverflowError
PendingDeprecationWarning PermissionError ProcessLookupError PythonFinalizationError RecursionError ReferenceError ResourceWarning RuntimeError RuntimeWarning
StandardError StopAsyncIteration StopIteration SyntaxError SyntaxWarning SystemError SystemExit TabError TimeoutError TypeError UnboundLocalError UnicodeDecodeError
UnicodeEncodeError UnicodeError UnicodeTranslateError UnicodeWarning UserWarning ValueError Warning ZeroDivisionError
get_ipython display In Out spark sc dbutils snakemake snakefile Import Export Return Environment reveal_type reveal_locals WindowsError
profile ngettext gettext match case type config c app
`);
