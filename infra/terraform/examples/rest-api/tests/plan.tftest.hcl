# The plan, without an account.
mock_provider "aws" {
  mock_resource "aws_iam_role" {
    defaults = { arn = "arn:aws:iam::123456789012:role/stile" }
  }
  mock_resource "aws_lambda_function" {
    defaults = { arn = "arn:aws:lambda:eu-central-1:123456789012:function:stile" }
  }
  mock_resource "aws_cloudwatch_log_group" {
    defaults = { arn = "arn:aws:logs:eu-central-1:123456789012:log-group:stile" }
  }
  mock_resource "aws_api_gateway_rest_api" {
    defaults = { execution_arn = "arn:aws:execute-api:eu-central-1:123456789012:abc" }
  }
}

variables {
  authorizer_package = "/nowhere.zip"
  issuer             = "https://stepup.example.com"
}

run "tells_which_step_up_is_needed" {
  assert {
    condition = (
      aws_api_gateway_gateway_response.stepup.status_code == "401" &&
      aws_api_gateway_gateway_response.stepup.response_parameters["gatewayresponse.header.WWW-Authenticate"] == "context.authorizer.www_authenticate"
    )
    error_message = "A denial says nothing of RFC 9470."
  }
}
