# A REST API whose route takes a step-up: whoever has none is told which by a 401 after RFC 9470.
terraform {
  required_version = ">= 1.11"
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.100, < 7"
    }
  }
}

variable "authorizer_package" {
  description = "Path of the authorizer's zip, which holds the policy."
  type        = string
}

variable "issuer" {
  description = "Address of Stile."
  type        = string
}

# Stands in for yours.
resource "aws_api_gateway_rest_api" "shop" {
  name = "shop"
}

resource "aws_api_gateway_resource" "pay" {
  rest_api_id = aws_api_gateway_rest_api.shop.id
  parent_id   = aws_api_gateway_rest_api.shop.root_resource_id
  path_part   = "pay"
}

module "authorizer" {
  source        = "../../modules/authorizer"
  package       = var.authorizer_package
  issuer        = var.issuer
  audience      = "https://api.example.com"
  execution_arn = aws_api_gateway_rest_api.shop.execution_arn
}

resource "aws_api_gateway_authorizer" "stepup" {
  rest_api_id                      = aws_api_gateway_rest_api.shop.id
  name                             = "stepup"
  type                             = "REQUEST"
  authorizer_uri                   = module.authorizer.invoke_arn
  identity_source                  = "method.request.header.Authorization"
  authorizer_result_ttl_in_seconds = 0
}

resource "aws_api_gateway_method" "pay" {
  rest_api_id   = aws_api_gateway_rest_api.shop.id
  resource_id   = aws_api_gateway_resource.pay.id
  http_method   = "POST"
  authorization = "CUSTOM"
  authorizer_id = aws_api_gateway_authorizer.stepup.id
}

resource "aws_api_gateway_integration" "pay" {
  rest_api_id             = aws_api_gateway_rest_api.shop.id
  resource_id             = aws_api_gateway_resource.pay.id
  http_method             = aws_api_gateway_method.pay.http_method
  type                    = "HTTP_PROXY"
  integration_http_method = "POST"
  uri                     = "https://backend.example.com/pay"
}

# What the authorizer says with its denial, as the client needs it.
resource "aws_api_gateway_gateway_response" "stepup" {
  rest_api_id   = aws_api_gateway_rest_api.shop.id
  response_type = "ACCESS_DENIED"
  status_code   = "401"

  response_parameters = {
    "gatewayresponse.header.WWW-Authenticate" = "context.authorizer.www_authenticate"
    "gatewayresponse.header.Content-Type"     = "'application/problem+json'"
  }

  response_templates = {
    "application/json" = jsonencode({
      type       = "about:blank"
      title      = "A step-up is needed"
      status     = 401
      code       = "$context.authorizer.error"
      acr_values = "$context.authorizer.acr_values"
      max_age    = "$context.authorizer.max_age"
      action     = "$context.authorizer.action"
      challenge  = "${var.issuer}/v1/challenges"
      request_id = "$context.requestId"
    })
  }
}

resource "aws_api_gateway_deployment" "shop" {
  rest_api_id = aws_api_gateway_rest_api.shop.id
  triggers    = { redeploy = sha256(file("${path.module}/main.tf")) }

  lifecycle {
    create_before_destroy = true
  }

  depends_on = [aws_api_gateway_integration.pay, aws_api_gateway_gateway_response.stepup]
}

resource "aws_api_gateway_stage" "live" {
  rest_api_id   = aws_api_gateway_rest_api.shop.id
  deployment_id = aws_api_gateway_deployment.shop.id
  stage_name    = "live"
}
