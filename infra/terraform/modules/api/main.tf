# The doors. Routes come from routes.json, which a test compares with the description of the API.
locals {
  routes = merge([
    for function, routes in jsondecode(file("${path.module}/routes.json")) : {
      for key, door in routes : key => { function = function, door = door }
    }
  ]...)
}

resource "aws_apigatewayv2_api" "this" {
  count         = var.existing == null ? 1 : 0
  name          = var.name
  protocol_type = "HTTP"
  # With a domain of its own nobody has to know the other address.
  disable_execute_api_endpoint = var.domain != null

  dynamic "cors_configuration" {
    for_each = length(var.cors_origins) == 0 ? [] : [var.cors_origins]
    content {
      allow_origins = cors_configuration.value
      allow_methods = ["GET", "POST", "PATCH", "DELETE"]
      allow_headers = ["authorization", "content-type", "idempotency-key", "stile-grant"]
      max_age       = 3600
    }
  }
}

locals {
  api_id        = var.existing == null ? aws_apigatewayv2_api.this[0].id : var.existing.id
  execution_arn = var.existing == null ? aws_apigatewayv2_api.this[0].execution_arn : var.existing.execution_arn
  own_endpoint  = var.existing == null ? aws_apigatewayv2_api.this[0].api_endpoint : var.existing.endpoint
}

# The self-service door: access tokens of the primary login.
resource "aws_apigatewayv2_authorizer" "login" {
  api_id           = local.api_id
  name             = "${var.name}-login"
  authorizer_type  = "JWT"
  identity_sources = ["$request.header.Authorization"]

  jwt_configuration {
    issuer   = var.login.issuer
    audience = var.login.audiences
  }
}

resource "aws_apigatewayv2_integration" "function" {
  for_each               = toset(keys(var.functions))
  api_id                 = local.api_id
  integration_type       = "AWS_PROXY"
  integration_uri        = var.functions[each.key].invoke_arn
  payload_format_version = "2.0"
}

resource "aws_apigatewayv2_route" "this" {
  for_each           = local.routes
  api_id             = local.api_id
  route_key          = each.key
  target             = "integrations/${aws_apigatewayv2_integration.function[each.value.function].id}"
  authorization_type = { self-service = "JWT", back-end = "AWS_IAM", public = "NONE" }[each.value.door]
  authorizer_id      = each.value.door == "self-service" ? aws_apigatewayv2_authorizer.login.id : null
}

resource "aws_lambda_permission" "api" {
  for_each      = var.functions
  statement_id  = "ApiGateway"
  action        = "lambda:InvokeFunction"
  function_name = each.value.name
  qualifier     = "live"
  principal     = "apigateway.amazonaws.com"
  source_arn    = "${local.execution_arn}/*"
}

resource "aws_cloudwatch_log_group" "access" {
  count             = var.existing == null ? 1 : 0
  name              = "/aws/apigateway/${var.name}"
  retention_in_days = var.log_retention_days
}

resource "aws_apigatewayv2_stage" "this" {
  count       = var.existing == null ? 1 : 0
  api_id      = local.api_id
  name        = "$default"
  auto_deploy = true

  default_route_settings {
    throttling_rate_limit    = var.throttling.rate
    throttling_burst_limit   = var.throttling.burst
    detailed_metrics_enabled = true
  }

  # No path, which holds ids, and no address: the functions' own lines have the route and the outcome.
  access_log_settings {
    destination_arn = aws_cloudwatch_log_group.access[0].arn
    format = jsonencode({
      time       = "$context.requestTime"
      request_id = "$context.requestId"
      route      = "$context.routeKey"
      status     = "$context.status"
      ms         = "$context.responseLatency"
      error      = "$context.error.message"
      authorizer = "$context.authorizer.error"
    })
  }
}

resource "aws_apigatewayv2_domain_name" "this" {
  count       = var.existing == null && var.domain != null ? 1 : 0
  domain_name = var.domain.name

  domain_name_configuration {
    certificate_arn = var.domain.certificate_arn
    endpoint_type   = "REGIONAL"
    security_policy = "TLS_1_2"
  }
}

resource "aws_apigatewayv2_api_mapping" "this" {
  count       = length(aws_apigatewayv2_domain_name.this)
  api_id      = local.api_id
  domain_name = aws_apigatewayv2_domain_name.this[0].id
  stage       = aws_apigatewayv2_stage.this[0].id
}

resource "aws_route53_record" "this" {
  count   = length(aws_apigatewayv2_domain_name.this) == 1 && try(var.domain.zone_id, null) != null ? 1 : 0
  zone_id = var.domain.zone_id
  name    = var.domain.name
  type    = "A"

  alias {
    name                   = aws_apigatewayv2_domain_name.this[0].domain_name_configuration[0].target_domain_name
    zone_id                = aws_apigatewayv2_domain_name.this[0].domain_name_configuration[0].hosted_zone_id
    evaluate_target_health = false
  }
}
