# The function that API Gateway asks before it lets a request through to an API of yours. Its zip
# holds the policy, and it may do nothing but write its log.
locals {
  # Tests start the zip by the same file.
  function    = jsondecode(file("${path.module}/function.json"))
  environment = { STILE_ISSUER = var.issuer, STILE_AUDIENCE = var.audience }
}

module "function" {
  source               = "../function"
  name                 = var.name
  handler              = local.function.handler
  package              = var.package
  runtime              = var.runtime
  architecture         = var.architecture
  memory_mb            = 512
  timeout_seconds      = 5
  reserved_concurrency = -1
  environment          = { for name in local.function.environment : name => local.environment[name] }
  statements           = []
  log_retention_days   = var.log_retention_days
}

resource "aws_lambda_permission" "gateway" {
  statement_id  = "ApiGateway"
  action        = "lambda:InvokeFunction"
  function_name = module.function.name
  qualifier     = "live"
  principal     = "apigateway.amazonaws.com"
  source_arn    = "${var.execution_arn}/authorizers/*"
}
