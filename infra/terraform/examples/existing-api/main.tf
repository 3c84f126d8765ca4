# Stile's routes on an HTTP API that is there already, and a route of it that takes a step-up.
terraform {
  required_version = ">= 1.11"
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.100, < 7"
    }
  }
}

variable "packages" {
  description = "Folder of the functions' zips."
  type        = string
}

# Stands in for yours.
resource "aws_apigatewayv2_api" "shop" {
  name          = "shop"
  protocol_type = "HTTP"
}

resource "aws_apigatewayv2_stage" "shop" {
  api_id      = aws_apigatewayv2_api.shop.id
  name        = "$default"
  auto_deploy = true
}

module "stile" {
  source      = "../.."
  packages    = var.packages
  policy_file = "${path.module}/../minimal/policy.json"
  login       = { issuer = "https://login.example.com/", audiences = ["shop"] }
  mail        = { from = "codes@example.com", identity = "example.com" }
  existing_api = {
    id            = aws_apigatewayv2_api.shop.id
    execution_arn = aws_apigatewayv2_api.shop.execution_arn
    endpoint      = aws_apigatewayv2_api.shop.api_endpoint
  }
}

module "authorizer" {
  source        = "../../modules/authorizer"
  package       = "${var.packages}/authorizer-arm64.zip"
  issuer        = module.stile.issuer
  audience      = "https://api.example.com"
  execution_arn = aws_apigatewayv2_api.shop.execution_arn
}

# The grant is the bearer token. Results are not cached: a grant is for one action.
resource "aws_apigatewayv2_authorizer" "stepup" {
  api_id                            = aws_apigatewayv2_api.shop.id
  name                              = "stepup"
  authorizer_type                   = "REQUEST"
  authorizer_uri                    = module.authorizer.invoke_arn
  authorizer_payload_format_version = "2.0"
  enable_simple_responses           = true
  identity_sources                  = ["$request.header.Authorization"]
  authorizer_result_ttl_in_seconds  = 0
}

resource "aws_apigatewayv2_integration" "pay" {
  api_id             = aws_apigatewayv2_api.shop.id
  integration_type   = "HTTP_PROXY"
  integration_method = "POST"
  integration_uri    = "https://backend.example.com/pay"
}

resource "aws_apigatewayv2_route" "pay" {
  api_id             = aws_apigatewayv2_api.shop.id
  route_key          = "POST /pay"
  target             = "integrations/${aws_apigatewayv2_integration.pay.id}"
  authorization_type = "CUSTOM"
  authorizer_id      = aws_apigatewayv2_authorizer.stepup.id
}

output "issuer" {
  description = "Address of Stile."
  value       = module.stile.issuer
}
