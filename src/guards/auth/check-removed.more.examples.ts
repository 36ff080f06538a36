import type { Example } from '../guard.ts';

/** Checks of rights that go in the other languages. */
export const caughtElsewhere: readonly Example[] = [
  {
    name: 'Rails: the filter of a controller goes',
    before: {
      'app/controllers/orders_controller.rb': `class OrdersController < ApplicationController
  before_action :authenticate_user!
  def index
    @orders = Order.all
  end
end
`,
    },
    after: {
      'app/controllers/orders_controller.rb': `class OrdersController < ApplicationController
  def index
    @orders = Order.all
  end
end
`,
    },
  },
  {
    name: 'Rails: Pundit is not asked any more',
    before: {
      'app/controllers/orders_controller.rb': `class OrdersController < ApplicationController
  def destroy
    order = Order.find(params[:id])
    authorize order
    order.destroy
  end
end
`,
    },
    after: {
      'app/controllers/orders_controller.rb': `class OrdersController < ApplicationController
  def destroy
    order = Order.find(params[:id])
    order.destroy
  end
end
`,
    },
  },
  {
    name: 'C#: [Authorize] goes from a controller',
    before: {
      'src/Api/Controllers/OrdersController.cs': `[ApiController]
[Authorize]
public class OrdersController : ControllerBase {
  [HttpGet("orders")]
  public IActionResult List() { return Ok(_orders.All()); }
}
`,
    },
    after: {
      'src/Api/Controllers/OrdersController.cs': `[ApiController]
public class OrdersController : ControllerBase {
  [HttpGet("orders")]
  public IActionResult List() { return Ok(_orders.All()); }
}
`,
    },
  },
  {
    name: 'C#: an action is opened to everybody',
    before: {
      'src/Api/Controllers/OrdersController.cs': `[Authorize]
public class OrdersController : ControllerBase {
  [HttpGet("orders")]
  public IActionResult List() { return Ok(_orders.All()); }
}
`,
    },
    after: {
      'src/Api/Controllers/OrdersController.cs': `[Authorize]
public class OrdersController : ControllerBase {
  [AllowAnonymous]
  [HttpGet("orders")]
  public IActionResult List() { return Ok(_orders.All()); }
}
`,
    },
  },
  {
    name: 'Laravel: a route loses its middleware',
    before: {
      'routes/web.php': `<?php
Route::get('/orders', [OrderController::class, 'index'])->middleware('auth');
Route::get('/about', [AboutController::class, 'show']);
`,
    },
    after: {
      'routes/web.php': `<?php
Route::get('/orders', [OrderController::class, 'index']);
Route::get('/about', [AboutController::class, 'show']);
`,
    },
  },
  {
    name: 'Spring in Kotlin: @PreAuthorize goes',
    before: {
      'src/main/kotlin/OrdersController.kt': `@RestController
class OrdersController(private val orders: Orders) {
    @PreAuthorize("hasRole('ADMIN')")
    @DeleteMapping("/orders/{id}")
    fun delete(id: String) {
        orders.delete(id)
    }
}
`,
    },
    after: {
      'src/main/kotlin/OrdersController.kt': `@RestController
class OrdersController(private val orders: Orders) {
    @DeleteMapping("/orders/{id}")
    fun delete(id: String) {
        orders.delete(id)
    }
}
`,
    },
  },
  {
    name: 'axum: the layer that asks who it is goes',
    before: {
      'src/server.rs': `pub fn app() -> Router {
    Router::new()
        .route("/orders", get(list))
        .layer(middleware::from_fn(require_auth))
}
`,
    },
    after: {
      'src/server.rs': `pub fn app() -> Router {
    Router::new()
        .route("/orders", get(list))
}
`,
    },
  },
];

/** What looks like it in the other languages, and is none. */
export const passedElsewhere: readonly Example[] = [
  {
    name: 'Rails: the filter moves to the parent class',
    before: {
      'app/controllers/orders_controller.rb': `class OrdersController < ApplicationController
  before_action :authenticate_user!
  def index
  end
end
`,
      'app/controllers/application_controller.rb': `class ApplicationController
end
`,
    },
    after: {
      'app/controllers/orders_controller.rb': `class OrdersController < ApplicationController
  def index
  end
end
`,
      'app/controllers/application_controller.rb': `class ApplicationController
  before_action :authenticate_user!
end
`,
    },
  },
  {
    name: 'C#: the attribute moves from the action to the controller',
    before: {
      'src/Api/Controllers/OrdersController.cs': `public class OrdersController : ControllerBase {
  [Authorize]
  [HttpGet("orders")]
  public IActionResult List() { return Ok(_orders.All()); }
}
`,
    },
    after: {
      'src/Api/Controllers/OrdersController.cs': `[Authorize]
public class OrdersController : ControllerBase {
  [HttpGet("orders")]
  public IActionResult List() { return Ok(_orders.All()); }
}
`,
    },
  },
  {
    name: 'Laravel: the route goes with its middleware',
    before: {
      'routes/web.php': `<?php
Route::get('/orders', [OrderController::class, 'index'])->middleware('auth');
Route::get('/about', [AboutController::class, 'show']);
`,
    },
    after: {
      'routes/web.php': `<?php
Route::get('/about', [AboutController::class, 'show']);
`,
    },
  },
  {
    name: 'Laravel: routes move into a group',
    before: {
      'routes/web.php': `<?php
Route::get('/orders', [OrderController::class, 'index'])->middleware('auth');
`,
    },
    after: {
      'routes/web.php': `<?php
Route::middleware(['auth'])->group(function () {
    Route::get('/orders', [OrderController::class, 'index']);
});
`,
    },
  },
];
