# The plan, without an account.
mock_provider "aws" {
  source = "../../tests/mocks"

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
